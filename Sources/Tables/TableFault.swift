/// Why a file, or a place in it, can't be read as a table.
public struct TableFault: Error, Sendable, Equatable {
  public enum Reason: String, Sendable, CaseIterable {
    /// No rows at all.
    case empty
    case notATable
    /// `.xls`, or a file with a password.
    case oldOffice
    case hasPassword
    /// Broken, or not what it says it is.
    case damaged
    case tooLarge
    case quoteInside, quoteNotClosed, afterQuote
    /// Letters in more than one encoding, or already garbled.
    case mixedEncodings, garbled
    /// Which encoding can't be told.
    case encodingUnclear
    case cellTooLong
  }

  public let reason: Reason
  /// The line of the file, when it is about one.
  public let line: Int?
  /// More about it: other lines, a sample.
  public let values: [String: String]

  public init(_ reason: Reason, line: Int? = nil, _ values: [String: String] = [:]) {
    self.reason = reason
    self.line = line
    self.values = values
  }
}

/// Everything that is wrong with a file, so that it can be mended in one go.
public struct TableFaults: Error, Sendable, Equatable {
  public let all: [TableFault]
  /// In which encodings it could be, each with how the letters in question look then.
  public var choices: [EncodingChoice] = []

  init(_ all: [TableFault]) { self.all = all }

  init(_ reason: TableFault.Reason, line: Int? = nil, _ values: [String: String] = [:]) {
    all = [TableFault(reason, line: line, values)]
  }
}

/// An encoding a file could be in.
public struct EncodingChoice: Sendable, Equatable {
  public let encoding: TextEncoding
  /// Words of the file as they are then.
  public let sample: String
}
