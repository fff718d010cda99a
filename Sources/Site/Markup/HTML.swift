/// Writes a page into one buffer. Every text and attribute value is escaped by type; raw markup comes only from
/// literals in the code. `html(.p, .class("soft"), text: "Dag")`.
public struct HTML {
  public private(set) var bytes: [UInt8] = []

  public init() { bytes.reserveCapacity(16_384) }

  /// An element with content.
  public mutating func callAsFunction(
    _ tag: Tag, _ attributes: Attribute?..., content: (inout HTML) throws -> Void
  ) rethrows {
    open(tag, attributes)
    try content(&self)
    close(tag)
  }

  /// An element that holds a text.
  public mutating func callAsFunction(_ tag: Tag, _ attributes: Attribute?..., text: String) {
    open(tag, attributes)
    self.text(text)
    close(tag)
  }

  /// An element without content: `input`, `br`, `path` …
  public mutating func callAsFunction(_ tag: Tag, _ attributes: Attribute?...) {
    open(tag, attributes)
    if tag.isSVG { close(tag) }
  }

  public mutating func text(_ text: String) { escape(text, inAttribute: false) }

  /// Markup that stands in the code itself.
  public mutating func raw(_ markup: StaticString) {
    markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func open(_ tag: Tag, _ attributes: [Attribute?]) {
    append("<")
    append(tag.name)
    for case let attribute? in attributes {
      append(" ")
      append(attribute.name)
      guard let value = attribute.value else { continue }
      append("=\"")
      escape(value, inAttribute: true)
      append("\"")
    }
    append(">")
  }

  private mutating func close(_ tag: Tag) {
    append("</")
    append(tag.name)
    append(">")
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func escape(_ text: String, inAttribute: Bool) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case UInt8(ascii: "\"") where inAttribute: append("&quot;")
      case UInt8(ascii: "'") where inAttribute: append("&#39;")
      // Control characters have no place in a page.
      case 0..<9, 11, 12, 14..<32: append("\u{FFFD}")
      default: bytes.append(byte)
      }
    }
  }
}

/// The elements that Geland's pages are made of.
public struct Tag: Sendable {
  let name: StaticString
  let isSVG: Bool

  private init(_ name: StaticString, isSVG: Bool = false) {
    self.name = name
    self.isSVG = isSVG
  }

  public static let html = Tag("html"), head = Tag("head"), body = Tag("body"), title = Tag("title"), meta = Tag("meta")
  public static let link = Tag("link"), script = Tag("script"), header = Tag("header"), footer = Tag("footer")
  public static let main = Tag("main"), nav = Tag("nav"), aside = Tag("aside"), section = Tag("section")
  public static let article = Tag("article"), div = Tag("div"), span = Tag("span"), p = Tag("p"), h1 = Tag("h1")
  public static let h2 = Tag("h2"), h3 = Tag("h3"), ul = Tag("ul"), ol = Tag("ol"), li = Tag("li"), dl = Tag("dl")
  public static let dt = Tag("dt"), dd = Tag("dd"), a = Tag("a"), b = Tag("b"), em = Tag("em"), small = Tag("small")
  public static let img = Tag("img")
  public static let time = Tag("time"), form = Tag("form"), fieldset = Tag("fieldset"), legend = Tag("legend")
  public static let label = Tag("label"), input = Tag("input"), select = Tag("select"), option = Tag("option")
  public static let textarea = Tag("textarea"), button = Tag("button"), table = Tag("table"), thead = Tag("thead")
  public static let tbody = Tag("tbody"), tr = Tag("tr"), th = Tag("th"), td = Tag("td"), caption = Tag("caption")
  public static let details = Tag("details"), summary = Tag("summary"), hr = Tag("hr"), br = Tag("br")
  public static let mark = Tag("mark"), blockquote = Tag("blockquote"), kbd = Tag("kbd"), output = Tag("output")
  public static let svg = Tag("svg", isSVG: true), path = Tag("path", isSVG: true), circle = Tag("circle", isSVG: true)
  public static let rect = Tag("rect", isSVG: true), g = Tag("g", isSVG: true), svgText = Tag("text", isSVG: true)
  public static let svgTitle = Tag("title", isSVG: true)
}
