internal import Foundation
internal import FoundationXML

/// Walks through XML by Foundation's parser: nothing from elsewhere is fetched, and a document that defines entities of
/// its own is refused before it is read.
enum XMLWalk {
  /// What is told on the way. A walker says when it has had enough.
  protocol Walker: AnyObject {
    func begin(_ name: String, _ attributes: [String: String])
    func end(_ name: String)
    func text(_ text: String)
    /// Why it goes no further.
    var stop: TableFault.Reason? { get }
  }

  /// - Throws: when it is no XML, or the walker stopped.
  static func walk(_ bytes: [UInt8], _ walker: any Walker) throws(TableFaults) {
    guard !bytes.contains(0), isUnicode(bytes), !declaresAnything(bytes) else { throw TableFaults(.damaged) }
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    parser.shouldProcessNamespaces = false
    let ear = Ear(walker)
    parser.delegate = ear
    let isWhole = parser.parse()
    if let stop = walker.stop { throw TableFaults(stop) }
    guard isWhole, ear.depth == 0, ear.hasBegun else { throw TableFaults(.damaged) }
  }

  /// Foundation's parser stops the program at a name that is no UTF-8, so that is found before; what says that it is in
  /// something else is refused.
  private static func isUnicode(_ bytes: [UInt8]) -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    let start = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased().prefix { $0 != ">" }
    guard let said = start.firstRange(of: "encoding") else { return true }
    return start[said.upperBound...].contains("utf-8")
  }

  private static func declaresAnything(_ bytes: [UInt8]) -> Bool {
    let marks = [Array("<!DOCTYPE".utf8), Array("<!ENTITY".utf8)]
    var place = 0
    while let next = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
      place = next + 1
      guard place < bytes.count, bytes[place] == UInt8(ascii: "!") else { continue }
      let rest = bytes[next...].prefix(9).map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }
      if marks.contains(where: { rest.starts(with: $0) }) { return true }
    }
    return false
  }

  private final class Ear: NSObject, XMLParserDelegate {
    private static let deepest = 256

    private let walker: any Walker
    private(set) var depth = 0
    private(set) var hasBegun = false

    init(_ walker: any Walker) { self.walker = walker }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      depth += 1
      hasBegun = true
      walker.begin(Self.plain(name), attributes)
      if depth > Self.deepest || walker.stop != nil { parser.abortParsing() }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      depth -= 1
      walker.end(Self.plain(name))
      if walker.stop != nil { parser.abortParsing() }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { walker.text(text) }

    func parser(_ parser: XMLParser, foundCDATA block: Data) { walker.text(String(decoding: block, as: UTF8.self)) }

    /// Without the short name of its namespace.
    private static func plain(_ name: String) -> String {
      guard let colon = name.firstIndex(of: ":") else { return name }
      return String(name[name.index(after: colon)...])
    }
  }
}

extension [String: String] {
  /// An attribute, whatever its namespace is called.
  func plain(_ name: String) -> String? {
    for space in ["", "office:", "table:", "style:", "text:", "r:"] {
      if let value = self[space + name] { return value }
    }
    return first { $0.key.hasSuffix(":" + name) && !$0.key.hasPrefix("calcext:") }?.value
  }
}
