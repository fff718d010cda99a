public import Kernel
public import Store

/// What somebody found of a lesson at a step of their work. Their own lessons go away for them; the region sees sums,
/// never who.
public struct Verdict: Record, Equatable {
  public enum Word: String, Sendable, CaseIterable, Codable {
    case helped
    case notForMe
  }

  public let id: ID<Verdict>
  public var version = 0
  public let account: ID<Anything>
  public let lesson: String
  public let moment: String
  public var word: Word
  public let givenOn: LocalDate

  public static let table = Table(
    "knowledge_verdict", sealedFor: .region,
    [.plain("account"), .plain("lesson"), .plain("moment"), .plain("word"), .plain("givenOn")])
}
