/// Whether all that is known hangs together: every link leads somewhere and back, every lesson belongs somewhere, and
/// nothing stands alone. A test reads the whole base and wants no fault.
struct Coherence {
  let library: Library

  var faults: [String] { doubles + links + lessons + orphans }

  private var doubles: [String] {
    let ids = library.units.map(\.id) + library.lessons.map(\.id) + library.lessons.flatMap(\.formerly)
    return Dictionary(grouping: ids, by: \.self).filter { $1.count > 1 }.keys.sorted().map { "\($0) stands twice" }
  }

  /// A block lists its pilots and each pilot its blocks: the same links from both sides.
  private var links: [String] {
    library.units.flatMap { unit -> [String] in
      let wanted: KnowledgeUnit.Kind? = unit.kind == .block ? .pilot : unit.kind == .pilot ? .block : nil
      let own = unit.links.compactMap { id -> String? in
        guard let other = library.unit(id), other.kind == wanted else { return "\(unit.id) links to \(id)" }
        return other.links.contains(unit.id) ? nil : "\(id) does not link back to \(unit.id)"
      }
      return own + unit.related.filter { library.unit($0) == nil }.map { "\(unit.id) is related to \($0), unknown" }
    }
  }

  private var lessons: [String] {
    library.lessons.flatMap { lesson -> [String] in
      var faults: [String] = []
      if lesson.blocks.isEmpty { faults.append("\(lesson.id) belongs to no block") }
      if lesson.audiences.isEmpty { faults.append("\(lesson.id) is for nobody") }
      faults += lesson.blocks.filter { library.unit($0)?.kind != .block }.map { "\(lesson.id): no block \($0)" }
      faults += lesson.also.filter { library.unit($0) == nil }.map { "\(lesson.id): no unit \($0)" }
      faults += lesson.pilots.filter { library.unit($0)?.kind != .pilot }.map { "\(lesson.id): no pilot \($0)" }
      return faults
    }
  }

  private var orphans: [String] {
    library.units.filter { $0.links.isEmpty && library.related(to: $0).isEmpty }.map { "\($0.id) stands alone" }
  }
}
