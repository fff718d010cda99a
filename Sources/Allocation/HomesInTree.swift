extension Problem {
  /// Goes down the forest once, areas before what lies in them.
  func homesInTree(
    _ homesIn: Groups, _ areasIn: Groups, _ roots: [Int32]
  ) -> ([Int32], [(start: Int32, end: Int32)]) {
    var order: [Int32] = []
    var tree = [(start: Int32, end: Int32)](repeating: (0, 0), count: areaCount)
    // An area stands on the stack twice: to go in, and (turned round) to come out.
    var stack = Array(roots)
    while let next = stack.popLast() {
      if next < 0 {
        tree[Int(~next)].end = Int32(order.count)
        continue
      }
      tree[Int(next)].start = Int32(order.count)
      order += homesIn[Int(next)]
      stack.append(~next)
      stack += areasIn[Int(next)]
    }
    return (order, tree)
  }
}
