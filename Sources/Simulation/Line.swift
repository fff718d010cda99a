/// People waiting, first come first: a ring that grows. Who gave up is passed over when their turn comes.
struct Line {
  private var ring: [UInt32] = Array(repeating: 0, count: 16)
  private var head = 0
  private(set) var count = 0

  mutating func add(_ person: UInt32) {
    if count == ring.count {
      ring = (0..<count).map { ring[(head + $0) & (ring.count - 1)] } + Array(repeating: 0, count: count)
      head = 0
    }
    ring[(head + count) & (ring.count - 1)] = person
    count += 1
  }

  mutating func next() -> UInt32? {
    guard count > 0 else { return nil }
    let person = ring[head]
    head = (head + 1) & (ring.count - 1)
    count -= 1
    return person
  }
}
