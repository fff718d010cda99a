public import Kernel

/// *Who do I call now?* has an answer at every hour (domain §7): who is there now, in the order in which to try.
public struct WhoToCall: Sendable, Equatable {
  /// Somebody, or a place, with a number.
  public struct Line: Sendable, Equatable {
    public enum Who: Sendable, Equatable {
      case worker, standIn, organisation
      case region(HelpNumber.Kind)
    }

    public let who: Who
    public let name: String
    public let number: String
    /// Answered now, as far as is known.
    public let isNow: Bool
    /// For numbers of the region that are not answered at every hour.
    public let hours: HelpNumber?
  }

  /// Who is around a resident, gathered beforehand.
  public struct Known: Sendable {
    public var worker: (name: String, phone: String?, isAway: Bool)?
    public var standIn: (name: String, phone: String?, isAway: Bool)?
    public var organisation: (name: String, phone: String?)?
    public var region: [HelpNumber] = []

    public init() {}
  }

  /// Those to call in this order: people first while they work, then whoever is there day and night.
  public let lines: [Line]

  /// Office hours, in which a worker and an organisation can be expected to answer.
  static let office = (9 * 60)..<(17 * 60)

  public init(_ known: Known, on day: LocalDate, minute: Int) {
    let isOffice = WorkingDays.isWorkingDay(day) && Self.office.contains(minute)
    var lines: [Line] = []
    func add(_ who: Line.Who, _ name: String, _ phone: String?, _ isNow: Bool) {
      guard let phone, !phone.isEmpty else { return }
      lines.append(Line(who: who, name: name, number: phone, isNow: isNow, hours: nil))
    }
    // Whoever is away is not called while somebody stands in.
    let isCovered = known.worker?.isAway == true && known.standIn?.isAway == false && known.standIn?.phone != nil
    if let worker = known.worker, !isCovered { add(.worker, worker.name, worker.phone, isOffice && !worker.isAway) }
    if let standIn = known.standIn { add(.standIn, standIn.name, standIn.phone, isOffice && !standIn.isAway) }
    if let organisation = known.organisation {
      add(.organisation, organisation.name, organisation.phone, isOffice)
    }
    for number in known.region.sorted(by: { Self.place($0.kind) < Self.place($1.kind) }) {
      lines.append(
        Line(
          who: .region(number.kind), name: number.name ?? "", number: number.number,
          isNow: number.isOpen(on: day, minute: minute), hours: number.isAlways ? nil : number))
    }
    // Who answers now comes first; danger always stands last, where one looks for it.
    let (now, later) = (lines.filter(\.isNow), lines.filter { !$0.isNow })
    let calm = (now + later).filter { $0.who != .region(.emergency) }
    self.lines = calm + lines.filter { $0.who == .region(.emergency) }
  }

  /// Whom to call first now.
  public var first: Line? { lines.first(where: \.isNow) ?? lines.first }

  private static func place(_ kind: HelpNumber.Kind) -> Int {
    switch kind {
    case .desk: 0
    case .dutyPhone: 1
    case .generalPractice: 2
    case .other, .geland: 3
    case .suicidePrevention: 4
    case .emergency: 5
    }
  }
}
