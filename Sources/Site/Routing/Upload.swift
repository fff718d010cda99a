internal import Foundation

/// A file that came with a form (multipart/form-data, RFC 7578). Read from memory and kept nowhere.
public struct Upload: Sendable {
  public let name: String
  public let bytes: [UInt8]
}

/// The parts of a multipart body: plain fields and files.
struct Multipart {
  private(set) var fields: [String: [String]] = [:]
  private(set) var files: [String: Upload] = [:]

  /// Nil when the body is not what its header says.
  init?(contentType: String, body: [UInt8]) {
    guard contentType.lowercased().hasPrefix("multipart/form-data"),
      let mark = contentType.range(of: "boundary=")
    else { return nil }
    let boundary = contentType[mark.upperBound...].prefix { $0 != ";" }.trimmingCharacters(in: ["\"", " "])
    guard !boundary.isEmpty, boundary.utf8.count <= 70 else { return nil }
    let data = Data(body)
    let delimiter = Data("--\(boundary)".utf8)
    guard var place = data.range(of: delimiter)?.upperBound else { return nil }
    let separator = Data("\r\n".utf8) + delimiter
    while let end = data.range(of: separator, in: place..<data.endIndex) {
      take(data[place..<end.lowerBound])
      place = end.upperBound
    }
  }

  private mutating func take(_ part: Data) {
    guard let gap = part.range(of: Data("\r\n\r\n".utf8)) else { return }
    let head = String(decoding: part[part.startIndex..<gap.lowerBound], as: UTF8.self)
    let bytes = Array(part[gap.upperBound...])
    guard
      let line = head.split(whereSeparator: \.isNewline).first(where: {
        $0.lowercased().hasPrefix("content-disposition:")
      }), let name = Self.value("name", in: line)
    else { return }
    if let file = Self.value("filename", in: line) {
      files[name] = Upload(name: file, bytes: bytes)
    } else {
      fields[name, default: []].append(String(decoding: bytes, as: UTF8.self))
    }
  }

  private static func value(_ name: String, in line: Substring) -> String? {
    guard let start = line.range(of: "; \(name)=\"") else { return nil }
    return String(line[start.upperBound...].prefix { $0 != "\"" })
  }
}
