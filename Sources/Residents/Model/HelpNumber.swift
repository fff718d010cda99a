public import Kernel
public import Store

/// A number of the region that can be called, with its hours; from a day on, with where that stands.
public struct HelpNumber: Record, Equatable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// 112: danger.
    case emergency
    /// 113: thoughts of suicide.
    case suicidePrevention
    /// The region's own desk, day and night.
    case desk
    /// Who has duty outside office hours.
    case dutyPhone
    /// The general practitioners' post, evenings and weekends.
    case generalPractice
    case other
    /// Questions about Geland itself; no help for a resident.
    case geland
  }

  public enum Days: String, Codable, Sendable, CaseIterable {
    case everyDay, workingDays, weekend
  }

  public let id: ID<HelpNumber>
  public var version = 0
  public let kind: Kind
  /// What it is called, where the kind does not say it.
  public var name: String?
  public var number: String
  public var days: Days
  /// Minutes since midnight; the same twice is the whole day, and an end before the begin is the next morning.
  public var fromMinute: Int
  public var untilMinute: Int
  public let fromOn: LocalDate
  public var endedOn: LocalDate?
  public var source: String

  public static let table = Table(
    "help_number", sealedFor: .region,
    [
      .plain("kind"), .plain("name"), .plain("number"), .plain("days"), .plain("fromMinute"), .plain("untilMinute"),
      .plain("fromOn"), .plain("endedOn"), .plain("source"),
    ])

  /// Is it answered now?
  public func isOpen(on day: LocalDate, minute: Int) -> Bool {
    func serves(_ day: LocalDate) -> Bool {
      switch days {
      case .everyDay: true
      case .workingDays: WorkingDays.isWorkingDay(day)
      case .weekend: !WorkingDays.isWorkingDay(day)
      }
    }
    if fromMinute == untilMinute { return serves(day) }
    if fromMinute < untilMinute { return serves(day) && (fromMinute..<untilMinute).contains(minute) }
    return serves(day) && minute >= fromMinute || serves(day.adding(days: -1)) && minute < untilMinute
  }

  /// Is it answered at every hour?
  public var isAlways: Bool { days == .everyDay && fromMinute == untilMinute }

  /// National numbers that a region has before it says anything (practice.md: numbers).
  static func national(_ kind: Kind) -> String? {
    switch kind {
    case .emergency: "112"
    case .suicidePrevention: "113"
    default: nil
    }
  }
}

extension HelpNumber {
  /// The region's numbers on the day of the snapshot: its own, and the national ones it did not replace.
  static func inForce(_ reader: Reader) throws -> [HelpNumber] {
    let today = RegionTime.amsterdam.date(of: reader.now)
    let own = try reader.all(
      HelpNumber.self,
      "where from_on <= \(today) and (ended_on is null or ended_on > \(today)) order by kind, from_on, id")
    let kinds = Set(own.map(\.kind))
    return own
      + Kind.allCases.filter { !kinds.contains($0) }.compactMap { kind in
        national(kind).map { number in
          HelpNumber(
            id: ID(high: 0, low: 0), kind: kind, name: nil, number: number, days: .everyDay, fromMinute: 0,
            untilMinute: 0, fromOn: LocalDate(dayNumber: 0), endedOn: nil, source: "")
        }
      }
  }
}
