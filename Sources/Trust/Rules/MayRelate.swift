public import Kernel

/// A relation somebody wants to open, with what is known of who would hold it.
public struct RelationAsked: Sendable, Equatable {
  /// Who would see.
  public enum Holder: Sendable, Equatable {
    /// One person: their role, for what kind of organisation they work (nil: for none), and of which resident's circle
    /// their account is when it was made there.
    case person(role: Role, kind: Organisation.Kind?, circleOf: ResidentID?, isOpen: Bool)
    /// Everyone in a team; only who may hold the role joins one.
    case team
    /// Everyone of an organisation with the relation's role.
    case office(Organisation.Kind)
  }

  public let resident: ResidentID
  public let holder: Holder
  public let role: Role
  public let ground: Relation.Ground
  public let standsIn: Bool

  public init(resident: ResidentID, holder: Holder, role: Role, ground: Relation.Ground, standsIn: Bool = false) {
    self.resident = resident
    self.holder = holder
    self.role = role
    self.ground = ground
    self.standsIn = standsIn
  }
}

/// Why a relation may not exist (`relation.<reason>` in the texts).
public enum RelationRefusal: String, Sendable, CaseIterable {
  /// The role is never anything to one resident.
  case roleSeesNobody
  /// Somebody with this role of their own can't be this to a resident.
  case holder
  /// The organisation is of another kind.
  case organisation
  case ground
  /// The account is closed, or belongs to another resident's circle.
  case account
  /// A stand-in stands in for somebody; nobody else does.
  case standIn
}

/// Which relations may exist: `Resources/relations.csv`, beside the sharing matrix (domain §7).
public struct RelationTable: Sendable {
  struct Line: Sendable {
    let holders: Set<Role>
    /// nil stands for no organisation.
    let kinds: Set<Organisation.Kind?>
    let grounds: Set<Relation.Ground>
  }

  private let lines: [Role: Line]

  public static let standard = RelationTable(csv: PackageResources.relations_csv)

  init(csv bytes: [UInt8]) {
    var lines: [Role: Line] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",").map { $0.split(separator: " ").map(String.init) }
      guard cells.count == 4, let role = Role(rawValue: cells[0][0]) else {
        preconditionFailure("relations.csv: \(line)")
      }
      lines[role] = Line(
        holders: Set(cells[1].map { Self.known($0, line) }),
        kinds: Set(cells[2].map { $0 == "-" ? nil : Self.known($0, line) }),
        grounds: Set(cells[3].map { Self.known($0, line) }))
    }
    self.lines = lines
  }

  private static func known<Value: RawRepresentable>(_ name: String, _ line: Substring) -> Value
  where Value.RawValue == String {
    guard let value = Value(rawValue: name) else { preconditionFailure("relations.csv: \(name) in \(line)") }
    return value
  }

  func line(_ role: Role) -> Line? { lines[role] }

  /// Roles that never are anything to one resident: whatever relation somebody with such a role holds, it gives no
  /// sight.
  public func seesNobody(_ role: Role) -> Bool { lines[role] == nil }

  /// Who joins teams that share residents: care roles.
  public var teamRoles: Set<Role> { lines[.teamMember]?.holders ?? [] }

  /// Who can be called first for a resident, as worker.
  public func mayCarry(_ role: Role, _ kind: Organisation.Kind) -> Bool {
    guard let line = lines[.supportWorker] else { return false }
    return line.holders.contains(role) && line.kinds.contains(kind)
  }
}

/// May this relation exist? The one rule that opens sight, as `decide` is the one that shares; nil when it may.
public func refusal(_ asked: RelationAsked, table: RelationTable = .standard) -> RelationRefusal? {
  guard let line = table.line(asked.role) else { return .roleSeesNobody }
  guard line.grounds.contains(asked.ground) else { return .ground }
  let isStandIn = asked.role == .standIn || asked.role == .standInActive
  if asked.role == .standIn && !asked.standsIn || asked.standsIn && !isStandIn { return .standIn }
  switch asked.holder {
  case .team: return asked.role == .teamMember ? nil : .holder
  case .office(let kind):
    // A team, an office: only roles that are an office's work. People around one resident are named.
    guard RelationTable.officeRoles.contains(asked.role) else { return .holder }
    return line.kinds.contains(kind) ? nil : .organisation
  case .person(let role, let kind, let circle, let isOpen):
    // Who works for nobody has an account because of one resident, and is nothing to another.
    guard isOpen, circle == asked.resident || circle == nil && kind != nil else { return .account }
    guard line.holders.contains(role) else { return .holder }
    return line.kinds.contains(kind) ? nil : .organisation
  }
}

extension RelationTable {
  /// What everyone of an organisation with the role may be to a resident together.
  static let officeRoles: Set<Role> = [
    .coordinator, .teamLeader, .deskWorker, .housingOfficer, .incomeConsultant,
  ]
}
