/// How things stand: a colour that is also a shape and a word. Not knowing is a state of its own, and never a warning.
public enum StateColour: String, Sendable, Codable, CaseIterable, Comparable {
  case good, unknown, mind, alarm

  public var shape: String {
    switch self {
    case .good: "●"
    case .unknown: "○"
    case .mind: "▲"
    case .alarm: "■"
    }
  }

  /// What is known and asks for something goes before what is still to ask.
  public static func < (left: Self, right: Self) -> Bool {
    allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
  }
}

extension HTML {
  /// ● goed · ○ nog vragen · ▲ let op · ■ nu
  public mutating func state(_ colour: StateColour, _ words: String) {
    self(.span, .class("state \(colour.rawValue)")) { html in
      html(.span, .aria(.hidden, "true"), text: colour.shape)
      html.text(words)
    }
  }

  public mutating func tag(_ text: String, _ kind: String = "") { self(.span, .class("tag \(kind)"), text: text) }

  public mutating func face(_ name: String) {
    self(.span, .class("face"), .aria(.hidden, "true"), text: initials(name))
  }

  /// A part of a page with a heading, on a card.
  public mutating func card(
    _ heading: String?, class extra: String = "", id: String? = nil, content: (inout HTML) -> Void
  ) {
    self(.section, .class("card \(extra)"), id.map { .id($0) }, heading == nil ? nil : .aria(.label, heading ?? "")) {
      html in
      if let heading { html(.h2, text: heading) }
      content(&html)
    }
  }

  public mutating func empty(_ words: String) { self(.p, .class("empty soft"), text: words) }

  public mutating func heading(_ title: String, _ lead: String? = nil, actions: (inout HTML) -> Void = { _ in }) {
    self(.div, .class("heading")) { html in
      html(.div) { html in
        html(.h1, text: title)
        if let lead { html(.p, .class("soft"), text: lead) }
      }
      html(.div, .class("actions"), content: actions)
    }
  }

  public mutating func link(_ text: String, to address: String, class name: String? = nil) {
    self(.a, name.map { .class($0) }, .href(address), text: text)
  }
}
