/// Points by their distance, nearest first.
struct Heap {
  private var entries: [(length: Int64, point: Int32)] = []

  mutating func add(_ length: Int64, _ point: Int) {
    let entry = (length: length, point: Int32(point))
    entries.append(entry)
    entries.withUnsafeMutableBufferPointer { heap in
      var place = heap.count - 1
      while place > 0 {
        let parent = (place - 1) >> 2
        guard Self.isNearer(entry, heap[parent]) else { break }
        heap[place] = heap[parent]
        place = parent
      }
      heap[place] = entry
    }
  }

  mutating func take() -> (length: Int64, point: Int)? {
    guard let first = entries.first else { return nil }
    let last = entries.removeLast()
    entries.withUnsafeMutableBufferPointer { heap in
      guard !heap.isEmpty else { return }
      var place = 0
      while true {
        let child = place << 2 + 1
        guard child < heap.count else { break }
        var nearest = child
        for other in child + 1..<max(child + 1, min(child + 4, heap.count))
        where Self.isNearer(heap[other], heap[nearest]) {
          nearest = other
        }
        guard Self.isNearer(heap[nearest], last) else { break }
        heap[place] = heap[nearest]
        place = nearest
      }
      heap[place] = last
    }
    return (first.length, Int(first.point))
  }

  /// Of two as near, the hub and areas before people and homes: where a search mostly ends.
  @inline(__always)
  private static func isNearer(_ one: (length: Int64, point: Int32), _ other: (length: Int64, point: Int32)) -> Bool {
    one.length < other.length || one.length == other.length && one.point > other.point
  }

  mutating func clear() { entries.removeAll(keepingCapacity: true) }
}
