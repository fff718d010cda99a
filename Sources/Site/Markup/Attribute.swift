/// An attribute of an element. There is no `style` and no event handler: the content security policy forbids both.
public struct Attribute: Sendable {
  let name: StaticString
  let value: String?

  init(_ name: StaticString, _ value: String?) {
    self.name = name
    self.value = value
  }

  public static func `class`(_ value: String) -> Attribute { Attribute("class", value) }
  public static func id(_ value: String) -> Attribute { Attribute("id", value) }
  public static func lang(_ value: String) -> Attribute { Attribute("lang", value) }
  public static func title(_ value: String) -> Attribute { Attribute("title", value) }
  public static func role(_ value: String) -> Attribute { Attribute("role", value) }
  public static func name(_ value: String) -> Attribute { Attribute("name", value) }
  public static func value(_ value: String) -> Attribute { Attribute("value", value) }
  public static func type(_ value: String) -> Attribute { Attribute("type", value) }
  public static func rel(_ value: String) -> Attribute { Attribute("rel", value) }
  public static func content(_ value: String) -> Attribute { Attribute("content", value) }
  public static func charset(_ value: String) -> Attribute { Attribute("charset", value) }
  public static func method(_ value: String) -> Attribute { Attribute("method", value) }
  public static func `for`(_ value: String) -> Attribute { Attribute("for", value) }
  public static func placeholder(_ value: String) -> Attribute { Attribute("placeholder", value) }
  public static func autocomplete(_ value: String) -> Attribute { Attribute("autocomplete", value) }
  public static func inputMode(_ value: String) -> Attribute { Attribute("inputmode", value) }
  public static func min(_ value: String) -> Attribute { Attribute("min", value) }
  public static func max(_ value: String) -> Attribute { Attribute("max", value) }
  public static func maxLength(_ value: Int) -> Attribute { Attribute("maxlength", String(value)) }
  /// 0 lets the keyboard reach something that scrolls.
  public static func tabIndex(_ value: Int) -> Attribute { Attribute("tabindex", String(value)) }
  public static func rows(_ value: Int) -> Attribute { Attribute("rows", String(value)) }
  public static func scope(_ value: String) -> Attribute { Attribute("scope", value) }
  public static func datetime(_ value: String) -> Attribute { Attribute("datetime", value) }
  public static func enctype(_ value: String) -> Attribute { Attribute("enctype", value) }
  public static func accept(_ value: String) -> Attribute { Attribute("accept", value) }
  public static func hreflang(_ value: String) -> Attribute { Attribute("hreflang", value) }

  public static let required = Attribute("required", nil)
  public static let checked = Attribute("checked", nil)
  public static let selected = Attribute("selected", nil)
  public static let disabled = Attribute("disabled", nil)
  public static let hidden = Attribute("hidden", nil)
  public static let open = Attribute("open", nil)
  public static let `defer` = Attribute("defer", nil)
  public static let autofocus = Attribute("autofocus", nil)
  public static let novalidate = Attribute("novalidate", nil)

  /// A place within Geland, or a telephone number or mail address. Anything else goes nowhere.
  public static func href(_ address: String) -> Attribute { Attribute("href", safe(address)) }
  public static func action(_ address: String) -> Attribute { Attribute("action", safe(address)) }
  public static func alt(_ value: String) -> Attribute { Attribute("alt", value) }
  public static func src(_ address: String) -> Attribute { Attribute("src", safe(address)) }

  public static func aria(_ name: AriaName, _ value: String) -> Attribute { Attribute(name.attribute, value) }

  /// For our own scripts: `data-…`.
  public static func data(_ name: StaticString, _ value: String = "") -> Attribute { Attribute(name, value) }

  // SVG
  public static func viewBox(_ value: String) -> Attribute { Attribute("viewBox", value) }
  public static func d(_ value: String) -> Attribute { Attribute("d", value) }
  public static func width(_ value: Int) -> Attribute { Attribute("width", String(value)) }
  public static func height(_ value: Int) -> Attribute { Attribute("height", String(value)) }
  public static func svg(_ name: StaticString, _ value: String) -> Attribute { Attribute(name, value) }

  private static func safe(_ address: String) -> String {
    let inside =
      (address.hasPrefix("/") && !address.hasPrefix("//")) || address.hasPrefix("#") || address.hasPrefix("?")
    return inside || address.hasPrefix("tel:") || address.hasPrefix("mailto:") ? address : "#"
  }
}

public enum AriaName: Sendable {
  case label, labelledBy, describedBy, current, hidden, live, pressed, expanded, invalid, controls

  var attribute: StaticString {
    switch self {
    case .label: "aria-label"
    case .labelledBy: "aria-labelledby"
    case .describedBy: "aria-describedby"
    case .current: "aria-current"
    case .hidden: "aria-hidden"
    case .live: "aria-live"
    case .pressed: "aria-pressed"
    case .expanded: "aria-expanded"
    case .invalid: "aria-invalid"
    case .controls: "aria-controls"
    }
  }
}
