public import Kernel
public import Store
public import Trust

/// A project or pilot that looks back on itself, so that others learn from it.
public struct Project: Record, Equatable {
  public let id: ID<Project>
  public var version = 0
  public var name: String
  /// Whose people fill it in.
  public var organisation: ID<Organisation>
  /// CBS codes.
  public var municipalities: [String]
  /// What it is about.
  public var blocks: [String]
  /// When it is one of the described pilots: its unit.
  public var pilot: String?
  public var startedOn: LocalDate?
  public var endedOn: LocalDate?

  public static let table = Table(
    "knowledge_project", sealedFor: .region,
    [
      .plain("name"), .plain("organisation"), .plain("municipalities"), .plain("blocks"), .plain("pilot"),
      .plain("startedOn"), .plain("endedOn"),
    ])
}

/// One round of a project's looking back: the same questions each time, so that rounds can be laid side by side.
public struct Quickscan: Record, Equatable {
  /// BT's researchers spoke with project leaders; a project may also write itself.
  public enum Way: String, Codable, Sendable, CaseIterable {
    case interviewed, selfFilled
  }

  /// The questions, in their order.
  public enum Question: String, Sendable, CaseIterable {
    case aim, people, approach, partners, course, conditions, results, lessons, unexpected
  }

  public let id: ID<Quickscan>
  public var version = 0
  public let project: ID<Project>
  /// 1, 2 …
  public let round: Int
  public var way: Way
  public let openedOn: LocalDate
  /// By the key of what was asked: a question, or a question about one building block (`course.wonen`); what has no
  /// answer is not there.
  public var answers: [String: String]
  /// From then on colleagues in the region read it.
  public var handedInOn: LocalDate?
  public var handedInBy: ID<Account>?

  public static let table = Table(
    "knowledge_quickscan", sealedFor: .region,
    [
      .plain("project"), .plain("round"), .plain("way"), .plain("openedOn"), .sealed("answers"), .plain("handedInOn"),
      .plain("handedInBy"),
    ])
}
