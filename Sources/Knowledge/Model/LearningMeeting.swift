public import Kernel
public import Store
public import Trust

/// Projects that learn from one another at one table.
public struct LearningMeeting: Record, Equatable {
  public let id: ID<LearningMeeting>
  public var version = 0
  public var title: String
  public var heldOn: LocalDate
  /// "14:00".
  public var time: String?
  public var place: String?
  public var blocks: [String]
  /// One point a line.
  public var agenda: String
  public var notes: String?
  public var cancelledOn: LocalDate?

  public static let table = Table(
    "learning_meeting", sealedFor: .region,
    [
      .plain("title"), .plain("heldOn"), .plain("time"), .plain("place"), .plain("blocks"), .sealed("agenda"),
      .sealed("notes"), .plain("cancelledOn"),
    ])
}

/// What somebody will do, agreed at a meeting.
public struct MeetingAction: Record, Equatable {
  public let id: ID<MeetingAction>
  public var version = 0
  public let meeting: ID<LearningMeeting>
  public var words: String
  public var owner: ID<Account>
  public var dueOn: LocalDate
  public var doneOn: LocalDate?
  public var droppedOn: LocalDate?

  public static let table = Table(
    "meeting_action", sealedFor: .region,
    [
      .plain("meeting"), .sealed("words"), .plain("owner"), .plain("dueOn"), .plain("doneOn"), .plain("droppedOn"),
    ])

  public var isOpen: Bool { doneOn == nil && droppedOn == nil }
}
