/// What is going to happen, soonest first; of what happens at one moment, what was planned first.
struct EventHeap {
  struct Event {
    var time: Double
    var order: UInt32
    /// What it is about: see `Run`.
    var subject: UInt32
    var serial: UInt32
  }

  private var events: [Event] = []
  private var planned: UInt32 = 0

  var isEmpty: Bool { events.isEmpty }

  /// When the next thing happens; infinity when nothing will.
  var nextTime: Double { events.isEmpty ? .infinity : events[0].time }

  mutating func plan(_ time: Double, _ subject: UInt32, _ serial: UInt32 = 0) {
    let event = Event(time: time, order: planned, subject: subject, serial: serial)
    planned &+= 1
    events.append(event)
    events.withUnsafeMutableBufferPointer { heap in
      var place = heap.count - 1
      while place > 0 {
        let parent = (place - 1) >> 2
        guard Self.isSooner(event, heap[parent]) else { break }
        heap[place] = heap[parent]
        place = parent
      }
      heap[place] = event
    }
  }

  mutating func take() -> Event {
    let first = events[0]
    let last = events.removeLast()
    events.withUnsafeMutableBufferPointer { heap in
      let count = heap.count
      guard count > 0 else { return }
      var place = 0
      while true {
        let child = place << 2 + 1
        guard child < count else { break }
        var soonest = child
        for other in child + 1..<max(child + 1, min(child + 4, count)) where Self.isSooner(heap[other], heap[soonest]) {
          soonest = other
        }
        guard Self.isSooner(heap[soonest], last) else { break }
        heap[place] = heap[soonest]
        place = soonest
      }
      heap[place] = last
    }
    return first
  }

  @inline(__always)
  private static func isSooner(_ one: Event, _ other: Event) -> Bool {
    one.time < other.time || one.time == other.time && Int32(bitPattern: one.order &- other.order) < 0
  }
}
