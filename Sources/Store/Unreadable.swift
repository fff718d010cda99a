internal import Kernel

/// A sealed value that is not what was sealed here: damaged, moved, put back from an earlier time, or not sealed at all.
/// It is never shown as genuine and never brings anything else down: its field says so, and an alarm goes off.
public enum Unreadable {
  /// What stands in a text that can't be read.
  public static let mark = "⚠ niet leesbaar (unreadable)"

  static let value = SQLValue.text(mark)
}

/// What is wrong with stored data: a place, never a content. Kept while the program runs; told once a place.
public final class Alarms: Sendable {
  /// Where something is wrong.
  public struct Place: Hashable, Sendable {
    public let table: String
    public let row: String
    /// nil when a whole row can't be read.
    public let column: String?
  }

  private let places = Guarded<[Place]>([])
  private let listeners = Guarded<[@Sendable (Place) -> Void]>([])

  /// Everything found since the start, in the order it was found.
  public var all: [Place] { places.value }

  /// Hears of each place once.
  public func listen(_ listener: @escaping @Sendable (Place) -> Void) { listeners.with { $0.append(listener) } }

  func raise(_ table: String, _ row: String, _ column: String?) {
    let place = Place(table: table, row: row, column: column)
    let isNew = places.with { places in
      guard !places.contains(place), places.count < 10_000 else { return false }
      places.append(place)
      return true
    }
    if isNew { for listener in listeners.value { listener(place) } }
  }
}
