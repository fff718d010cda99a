/// What is wrong with an input, and where: printed as `file:line: reason`, with exit status 65 (EX_DATAERR).
public struct InputFault: Error, Equatable, Sendable {
  /// The line in the file, counted from 1; nil for what is about the file as a whole.
  public let line: Int?
  public let reason: String

  public init(line: Int? = nil, _ reason: String) {
    self.line = line
    self.reason = reason
  }

  public func text(file: String) -> String { line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)" }
}
