/// Lists by group, laid out one after another.
struct Groups {
  private let starts: [Int32]
  private let members: [Int32]

  init(_ groupOf: [Int32], count: Int) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for group in groupOf where group >= 0 { starts[Int(group) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var members = [Int32](repeating: 0, count: Int(starts[count]))
    for (member, group) in groupOf.enumerated() where group >= 0 {
      members[Int(next[Int(group)])] = Int32(member)
      next[Int(group)] += 1
    }
    (self.starts, self.members) = (starts, members)
  }

  subscript(_ group: Int) -> ArraySlice<Int32> { members[Int(starts[group])..<Int(starts[group + 1])] }
}
