public import Kernel
public import Trust

/// The whole life of a handover, in order: who did what, when.
public struct HandoverLife: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case offered, seen, asked, answered, accepted, provisional, refused, expired, withdrawn
  }

  public struct Moment: Sendable, Equatable {
    public let kind: Kind
    public let at: Instant
    /// nil for what nobody did: it expired.
    public let by: ID<Account>?
    /// What was asked back or answered.
    public let words: String?
  }

  public let moments: [Moment]

  /// - Parameter seenAt: when the receiver first looked, as far as that is known.
  public init(_ handover: Handover, questions: [HandoverQuestion], seenAt: Instant?) {
    var moments = [Moment(kind: .offered, at: handover.offeredAt, by: handover.fromWorker, words: nil)]
    if let seenAt { moments.append(Moment(kind: .seen, at: seenAt, by: handover.toWorker, words: nil)) }
    for question in questions where question.handover == handover.id {
      moments.append(Moment(kind: .asked, at: question.at, by: question.by, words: question.words))
      if let answer = question.answer, let at = question.answeredAt {
        moments.append(Moment(kind: .answered, at: at, by: question.answeredBy, words: answer))
      }
    }
    moments.sort { $0.at < $1.at }
    if let end = Self.end(handover) { moments.append(end) }
    self.moments = moments
  }

  private static func end(_ handover: Handover) -> Moment? {
    guard let at = handover.decidedAt else { return nil }
    let kind: Kind? =
      switch handover.state {
      case .offered: nil
      case .accepted: .accepted
      case .provisional: .provisional
      case .refused: .refused
      case .expired: .expired
      case .withdrawn: .withdrawn
      }
    let isReceivers = kind == .accepted || kind == .provisional || kind == .refused
    return kind.map {
      Moment(kind: $0, at: at, by: handover.decidedBy ?? (isReceivers ? handover.toWorker : nil), words: nil)
    }
  }
}
