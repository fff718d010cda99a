/// A file that came with a form (multipart/form-data, RFC 7578). Read from memory and kept nowhere.
public struct Upload: Sendable {
  public let name: String
  public let bytes: [UInt8]
}

/// The parts of a multipart body: plain fields and files. Read in one pass, however the body is made.
struct Multipart {
  private(set) var fields: [String: [String]] = [:]
  private(set) var files: [String: Upload] = [:]

  private static let partsMost = 50
  private static let headMost = 4096

  /// Nil when the body is not what its header says, has more parts than any form, or ends before its end.
  init?(contentType: String, body: [UInt8]) {
    guard let boundary = Self.boundary(contentType) else { return nil }
    let delimiter = Array("--\(boundary)".utf8)
    // Where each delimiter begins: at the start, or behind a line's end.
    let places = Self.places(of: delimiter, in: body, atMost: Self.partsMost + 1)
    guard let places, places.count >= 2 else { return nil }
    for (place, next) in zip(places, places.dropFirst()) {
      let start = place + delimiter.count
      guard start + 2 <= next - 2, body[start] == 13, body[start + 1] == 10 else { return nil }
      guard take(body[(start + 2)..<(next - 2)]) else { return nil }
    }
    guard let last = places.last, body.dropFirst(last + delimiter.count).starts(with: Array("--".utf8)) else {
      return nil
    }
  }

  private static func boundary(_ contentType: String) -> String? {
    guard contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
    for part in contentType.split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].drop(while: { $0 == " " }).lowercased() == "boundary" else { continue }
      let boundary = String(pair[1].filter { $0 != "\"" && $0 != " " })
      return (1...70).contains(boundary.utf8.count) ? boundary : nil
    }
    return nil
  }

  /// Nil when there are more than so many.
  private static func places(of mark: [UInt8], in body: [UInt8], atMost most: Int) -> [Int]? {
    var places: [Int] = []
    body.withUnsafeBufferPointer { bytes in
      var place = 0
      while place + mark.count <= bytes.count {
        if (place == 0 || place >= 2 && bytes[place - 1] == 10 && bytes[place - 2] == 13) && bytes[place] == mark[0]
          && bytes[place..<(place + mark.count)].elementsEqual(mark)
        {
          places.append(place)
          if places.count > most { return }
          place += mark.count
        } else {
          place += 1
        }
      }
    }
    return places.count > most ? nil : places
  }

  private mutating func take(_ part: ArraySlice<UInt8>) -> Bool {
    guard let gap = Self.gap(part) else { return false }
    let head = String(decoding: part[part.startIndex..<gap], as: UTF8.self)
    let bytes = Array(part[(gap + 4)...])
    let line = head.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("content-disposition:") }
    guard let line, let name = Self.value("name", in: line) else { return false }
    if let file = Self.value("filename", in: line) {
      files[name] = Upload(name: file, bytes: bytes)
    } else {
      fields[name, default: []].append(String(decoding: bytes, as: UTF8.self))
    }
    return true
  }

  /// Where the empty line behind a part's head begins.
  private static func gap(_ part: ArraySlice<UInt8>) -> Int? {
    let end = min(part.endIndex, part.startIndex + headMost)
    var place = part.startIndex
    while place + 4 <= end {
      if part[place] == 13 && part[place + 1] == 10 && part[place + 2] == 13 && part[place + 3] == 10 { return place }
      place += 1
    }
    return nil
  }

  private static func value(_ name: String, in line: Substring) -> String? {
    for part in line.split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].drop(while: { $0 == " " }) == name else { continue }
      return String(pair[1].drop { $0 == " " || $0 == "\"" }.prefix { $0 != "\"" })
    }
    return nil
  }
}
