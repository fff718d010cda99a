internal import Kernel

/// The numbers a region works with on a day. The defaults come from the design's region table; a region changes them
/// with a date and a source.
public struct RegionRules: Sendable, Equatable {
  public enum Name: String, CaseIterable, Sendable {
    case contactDays, contactDaysMoving, contactDaysLanding, contactDaysPilotLight, contactDaysOpenDoor
    case landingWeeks, handoverDays, handoverReminderDays, redWorkingDays, amberWorkingDays
    case coordinatorAfterDays, managerAfterDays, settledMonths, alongWeeks
    case checkInAlone, checkInTwice, checkInDrop

    public var standard: Int {
      switch self {
      case .contactDays: 14
      case .contactDaysMoving: 3
      case .contactDaysLanding: 7
      case .contactDaysPilotLight: 120
      case .contactDaysOpenDoor: 365
      case .landingWeeks: 12
      case .handoverDays: 14
      case .handoverReminderDays: 4
      case .redWorkingDays: 1
      case .amberWorkingDays: 3
      case .coordinatorAfterDays: 1
      case .managerAfterDays: 2
      case .settledMonths: 6
      case .alongWeeks: 6
      case .checkInAlone: 1
      case .checkInTwice: 2
      case .checkInDrop: 2
      }
    }

    /// What a region may choose.
    public var range: ClosedRange<Int> {
      switch self {
      case .landingWeeks: 0...52
      case .alongWeeks: 0...26
      case .checkInAlone, .checkInTwice: 1...5
      case .checkInDrop: 1...4
      case .redWorkingDays, .amberWorkingDays, .coordinatorAfterDays, .managerAfterDays: 1...30
      case .handoverDays: 2...90
      case .handoverReminderDays: 1...30
      case .settledMonths: 1...24
      default: 1...366
      }
    }

    /// What it counts, for telling it with its number.
    public var unit: String {
      switch self {
      case .landingWeeks, .alongWeeks: "weeks"
      case .redWorkingDays, .amberWorkingDays: "workingDays"
      case .settledMonths: "months"
      case .checkInAlone, .checkInTwice, .checkInDrop: "points"
      default: "days"
      }
    }
  }

  private let values: [Name: Int]

  public init(_ values: [Name: Int] = [:]) { self.values = values }

  public subscript(_ name: Name) -> Int { values[name] ?? name.standard }
}
