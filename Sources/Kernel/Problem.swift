/// Something that stops a request: a person reads it in their own language, a machine as RFC 9457 problem+json.
public struct Problem: Error, Sendable, Equatable {
  /// What kind of problem it is; decides status and words.
  public enum Kind: String, Sendable, Codable {
    /// Not there, or not for this viewer: the two are never told apart.
    case notFound
    /// What was sent can't be accepted; each fault says where and why.
    case invalid
    /// Somebody changed it in the meantime.
    case stale
    /// A change by the API must say on which version it is based.
    case versionNeeded
    /// A rule of the domain does not allow it now.
    case refused
    /// Signing in is needed first.
    case signInNeeded
    /// Too many tries; wait.
    case tooMany
    /// The request did not come from our own page, or its session is gone.
    case forged
    /// More was sent than may be sent here.
    case tooLarge
    /// It can't be kept right now; nothing was changed.
    case unavailable
    /// It was kept, but its answer can't be shown right now.
    case kept
    /// A field was sent that may not be written.
    case forbiddenField
    /// What was sent can't be read as a request.
    case unreadable
    /// What was sent took too long to come.
    case tooSlow
  }

  /// One fault in what was sent.
  public struct Fault: Sendable, Equatable, Codable {
    /// The form field or JSON key, or nil when it is about the whole.
    public let field: String?
    /// A key into the texts.
    public let text: String
    public let values: [String: String]

    public init(field: String? = nil, _ text: String, _ values: [String: String] = [:]) {
      self.field = field
      self.text = text
      self.values = values
    }
  }

  public let kind: Kind
  public let faults: [Fault]

  public init(_ kind: Kind, _ faults: [Fault] = []) {
    self.kind = kind
    self.faults = faults
  }

  public static let notFound = Problem(.notFound)

  public static func refused(_ text: String, _ values: [String: String] = [:]) -> Problem {
    Problem(.refused, [Fault(text, values)])
  }

  public static func invalid(_ field: String, _ text: String, _ values: [String: String] = [:]) -> Problem {
    Problem(.invalid, [Fault(field: field, text, values)])
  }
}
