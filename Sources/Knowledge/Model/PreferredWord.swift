public import Kernel
public import Store

/// A region's choice about a word: another suggestion, a word of its own, or no longer pointing one out.
public struct PreferredWord: Record, Equatable {
  public let id: ID<PreferredWord>
  public var version = 0
  public let language: Language
  /// As it is listed; a word of the standard list is changed under its own name.
  public let word: String
  /// Other forms in which it is written.
  public var forms: [String]
  public var instead: String
  /// Not pointed out here.
  public var isOff: Bool
  public var changedOn: LocalDate

  public static let table = Table(
    "preferred_word", sealedFor: .region,
    [
      .plain("language"), .plain("word"), .plain("forms"), .plain("instead"), .plain("isOff"), .plain("changedOn"),
    ])
}
