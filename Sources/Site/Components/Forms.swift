public import Kernel

/// One field of a form as it is shown: with what was typed, and with what is wrong with it.
public struct Field: Sendable {
  public enum Kind: Sendable {
    case text, email, login, telephone, date, number, decimal, search, password, newPassword, time
    /// A code that serves once.
    case code
    case area(rows: Int)
    /// An area in which one writes about somebody: words that could be kinder are underlined.
    case report(rows: Int)
    case choice([Option])
    case radio([Option])
    case checks([Option])
    case check
    /// Each option is a way to send the form: for what is pressed most.
    case presses([Option])
  }

  public struct Option: Sendable {
    public let value: String
    public let label: String
    public let hint: String?

    public init(_ value: String, _ label: String, hint: String? = nil) {
      self.value = value
      self.label = label
      self.hint = hint
    }
  }

  public let name: String
  public let label: String
  public let kind: Kind
  public var hint: String?
  public var value: String?
  public var isRequired: Bool
  /// Of which part of the page it is, when several forms on a page have a field of this name.
  public var part: String?
  /// How many letters fit in an area.
  public var limit = 4000

  public init(
    _ name: String, _ label: String, _ kind: Kind = .text, hint: String? = nil, value: String? = nil,
    isRequired: Bool = false
  ) {
    self.name = name
    self.label = label
    self.kind = kind
    self.hint = hint
    self.value = value
    self.isRequired = isRequired
  }

  /// Of this part of the page: forms that stand together have ids of their own.
  public func within(_ part: String) -> Field {
    var field = self
    field.part = part
    return field
  }

  /// Where the field is on the page.
  public var id: String { "field-" + (part.map { $0 + "-" } ?? "") + name }

  /// Where a link to it goes: of a group, the first thing one can choose.
  var target: String {
    switch kind {
    case .radio(let options), .checks(let options), .presses(let options):
      options.first.map { "\(id)-\($0.value)" } ?? id
    default: id
    }
  }

  var isLong: Bool {
    switch kind {
    case .area, .report: true
    default: false
    }
  }
}

/// Another way to send a form: it keeps what was typed and goes a step further. Its value is sent as `then`.
public struct SecondSubmit: Sendable {
  public let value: String
  public let label: String

  public init(_ value: String, _ label: String) {
    self.value = value
    self.label = label
  }
}

extension Visit {
  /// The hidden keys every form carries: proof that it is ours, a key that makes sending it twice harmless, and the page
  /// it stands on, to come back to.
  public func formKeys(_ html: inout HTML) {
    html(.input, .type("hidden"), .name("form-token"), .value(formToken))
    html(.input, .type("hidden"), .name("once"), .value(form["once"] ?? onceKey))
    html(.input, .type("hidden"), .name("at"), .value(standsAt))
  }

  /// The page a form stands on: after a fault it is shown again at the address the form was sent to.
  public var standsAt: String {
    if method == .get { return query.values.isEmpty ? path : path + "?" + query.without("done").encoded }
    return Reply.place(form["at"]) ?? path
  }

  /// Was this form just sent, and is shown again with what is wrong with it?
  public func isAgain(_ action: String) -> Bool { method != .get && path == action }

  /// What is wrong with this form, when it is the one that was sent.
  public func faults(of action: String) -> [Problem.Fault] { isAgain(action) ? faults : [] }

  /// What was typed in this form, when it is the one that was sent.
  func typed(in action: String?) -> Fields { action.map { isAgain($0) ? form : Fields() } ?? form }

  /// A form that posts to a path. What was typed before a fault stays.
  public func form(
    _ html: inout HTML, to action: String, submit: String?, class name: String = "stack", faults: [Problem.Fault] = [],
    fields: [Field] = [], version: Int? = nil, draft: Bool = false, also: SecondSubmit? = nil,
    extra: (inout HTML) -> Void = { _ in }
  ) {
    let faults = faults.isEmpty ? self.faults(of: action) : faults
    if !faults.isEmpty { errorSummary(&html, faults, fields) }
    if isStale && isAgain(action) { html(.p, .class("notice mind"), .role("alert"), text: texts("form.stale")) }
    // Where more than a line is written, what was written survives a lost session or connection.
    let isDrafted = draft || fields.contains(where: \.isLong)
    html(
      .form, .method("post"), .action(action), .class(name), .novalidate,
      isDrafted ? .data("data-draft", action) : nil, isDrafted ? .data("data-back", texts("offline.back")) : nil
    ) { html in
      formKeys(&html)
      if let version {
        // After a conflict the next try is against what is stored now, which is shown beside what was typed.
        let seen = isStale ? String(version) : typed(in: action)["version"] ?? String(version)
        html(.input, .type("hidden"), .name("version"), .value(seen))
      }
      for field in fields { self.field(&html, field, faults, in: action) }
      extra(&html)
      if let submit {
        html(.p, .class("actions")) { html in
          html(.button, .class("button main"), .type("submit"), text: submit)
          if let also {
            html(.button, .class("button"), .type("submit"), .name("then"), .value(also.value), text: also.label)
          }
        }
      }
    }
  }

  /// A form of one button.
  public func button(
    _ html: inout HTML, to action: String, _ label: String, class name: String = "button",
    hidden: [String: String] = [:]
  ) {
    html(.form, .method("post"), .action(action), .class("inline")) { html in
      formKeys(&html)
      for (key, value) in hidden.sorted(by: { $0.key < $1.key }) {
        html(.input, .type("hidden"), .name(key), .value(value))
      }
      html(.button, .class(name), .type("submit"), text: label)
    }
  }

  /// Every fault at once, each with the field it is about.
  public func errorSummary(_ html: inout HTML, _ faults: [Problem.Fault], _ fields: [Field] = []) {
    html(.div, .class("faults"), .role("alert")) { html in
      html(.h2, text: texts("form.faults", count: faults.count))
      html(.ul) { html in
        for fault in faults {
          html(.li) { html in
            let field = fields.first { $0.name == fault.field }
            let text = (field.map { $0.label + ": " } ?? "") + texts(fault.text, fault.values)
            // A place in a file is no field to go to.
            if let place = field?.target ?? fault.field.flatMap({ $0.contains(" ") ? nil : "field-\($0)" }) {
              html(.a, .href("#\(place)"), text: text)
            } else {
              html.text(text)
            }
          }
        }
      }
    }
  }

  /// - Parameter action: where the field's form goes: only what was typed there is shown again.
  public func field(
    _ html: inout HTML, _ field: Field, _ faults: [Problem.Fault] = [], in action: String? = nil
  ) {
    let form = typed(in: action)
    let fault = faults.first { $0.field == field.name }
    let id = field.id
    // A box that was unticked, or a field that was emptied, sends nothing, or nothing much.
    let value = form.values.isEmpty ? field.value : form.raw(field.name).flatMap { $0.isEmpty ? nil : $0 }
    switch field.kind {
    case .radio(let options): group(&html, field, options, type: "radio", chosen: [value ?? ""], fault)
    case .checks(let options):
      let chosen =
        form.values.isEmpty
        ? Set((field.value ?? "").split(separator: " ").map(String.init)) : Set(form.all(field.name))
      group(&html, field, options, type: "checkbox", chosen: chosen, fault)
    case .presses(let options): presses(&html, field, options, fault)
    case .check:
      html(.div, .class(fault == nil ? "field check" : "field check wrong")) { html in
        if let fault { html(.p, .class("fault"), .id("\(id)-fault"), text: texts(fault.text, fault.values)) }
        html(
          .input, .type("checkbox"), .id(id), .name(field.name), .value("on"), value != nil ? .checked : nil,
          described(field, id, fault), fault == nil ? nil : .aria(.invalid, "true"))
        html(.label, .for(id), text: field.label)
        hint(&html, field, id)
      }
    default:
      html(.div, .class(fault == nil ? "field" : "field wrong")) { html in
        html(.label, .for(id)) { html in
          html.text(field.label)
          if !field.isRequired && !field.kind.isChoiceWithValue(value) {
            html(.span, .class("soft"), text: " " + texts("form.optional"))
          }
        }
        hint(&html, field, id)
        if let fault { html(.p, .class("fault"), .id("\(id)-fault"), text: texts(fault.text, fault.values)) }
        input(&html, field, id, value, fault)
        storedMeanwhile(&html, field, value)
      }
    }
  }

  /// Both versions, side by side: what was typed is in the field, what somebody else stored stands below it.
  private func storedMeanwhile(_ html: inout HTML, _ field: Field, _ typed: String?) {
    guard isStale, let typed, typed != field.value ?? "" else { return }
    html(.div, .class("stored")) { html in
      html(.p, .class("small soft"), text: texts("form.storedMeanwhile"))
      html(.blockquote, text: field.value ?? texts("form.nothing"))
    }
  }

  private func described(_ field: Field, _ id: String, _ fault: Problem.Fault?) -> Attribute? {
    let ids = [field.hint == nil ? nil : "\(id)-hint", fault == nil ? nil : "\(id)-fault"].compactMap { $0 }
    return ids.isEmpty ? nil : .aria(.describedBy, ids.joined(separator: " "))
  }

  private func hint(_ html: inout HTML, _ field: Field, _ id: String) {
    if let hint = field.hint { html(.p, .class("hint"), .id("\(id)-hint"), text: hint) }
  }

  private func input(_ html: inout HTML, _ field: Field, _ id: String, _ value: String?, _ fault: Problem.Fault?) {
    let describedBy = described(field, id, fault)
    let invalid: Attribute? = fault == nil ? nil : .aria(.invalid, "true")
    let required: Attribute? = field.isRequired ? .required : nil
    switch field.kind {
    case .area(let rows), .report(let rows):
      var help: Attribute?
      // Somebody's own story needs no other words.
      if case .report = field.kind, let list = chrome.wordList, viewer?.role != .resident, viewer?.role != .relative {
        help = .data("data-words", list)
      }
      html(
        .textarea, .id(id), .name(field.name), .rows(rows), .maxLength(field.limit), required, describedBy, invalid,
        help, text: value ?? "")
      // A module runs once, however many areas ask for it.
      if help != nil { html(.script, .type("module"), .src(chrome.assets.words.path)) { _ in } }
    case .choice(let options):
      html(.select, .id(id), .name(field.name), required, describedBy, invalid) { html in
        for option in options {
          html(.option, .value(option.value), option.value == value ?? "" ? .selected : nil, text: option.label)
        }
      }
    default:
      let isSecret = field.kind.type == "password"
      html(
        .input, .type(field.kind.type), .id(id), .name(field.name), isSecret ? nil : .value(value ?? ""), required,
        describedBy, invalid, field.kind.autocomplete.map { .autocomplete($0) },
        field.kind.inputMode.map { .inputMode($0) }, .maxLength(400))
    }
  }

  private func presses(
    _ html: inout HTML, _ field: Field, _ options: [Field.Option], _ fault: Problem.Fault?
  ) {
    html(
      .fieldset, .class(fault == nil ? "field presses" : "field presses wrong"), .id(field.id),
      described(field, field.id, fault)
    ) { html in
      html(.legend, text: field.label)
      hint(&html, field, field.id)
      if let fault { html(.p, .class("fault"), .id("\(field.id)-fault"), text: texts(fault.text, fault.values)) }
      html(.div, .class("actions")) { html in
        for option in options {
          html(
            .button, .class("button"), .type("submit"), .id("\(field.id)-\(option.value)"), .name(field.name),
            .value(option.value), text: option.label)
        }
      }
    }
  }

  private func group(
    _ html: inout HTML, _ field: Field, _ options: [Field.Option], type: String, chosen: Set<String>,
    _ fault: Problem.Fault?
  ) {
    html(
      .fieldset, .class(fault == nil ? "field" : "field wrong"), .id(field.id), described(field, field.id, fault),
      fault == nil ? nil : .aria(.invalid, "true")
    ) { html in
      html(.legend, text: field.label)
      hint(&html, field, field.id)
      if let fault { html(.p, .class("fault"), .id("\(field.id)-fault"), text: texts(fault.text, fault.values)) }
      for option in options {
        let id = "\(field.id)-\(option.value)"
        html(.div, .class("option")) { html in
          html(
            .input, .type(type), .id(id), .name(field.name), .value(option.value),
            chosen.contains(option.value) ? .checked : nil)
          html(.label, .for(id)) { html in
            html.text(option.label)
            if let hint = option.hint { html(.span, .class("hint"), text: hint) }
          }
        }
      }
    }
  }
}

extension Field.Kind {
  fileprivate var type: String {
    switch self {
    case .email: "email"
    case .telephone: "tel"
    case .date: "date"
    // A browser that takes numbers only sends nothing for what it can't read, so that nobody learns what was typed.
    case .number, .decimal: "text"
    case .search: "search"
    case .time: "time"
    case .password, .newPassword: "password"
    default: "text"
    }
  }

  fileprivate var inputMode: String? {
    switch self {
    case .number: "numeric"
    case .decimal: "decimal"
    default: nil
    }
  }

  /// A list always has a value; that one of them may be left as it is needs no words.
  fileprivate func isChoiceWithValue(_ value: String?) -> Bool {
    if case .choice = self { value != nil } else { false }
  }

  fileprivate var autocomplete: String? {
    switch self {
    case .password: "current-password"
    case .newPassword: "new-password"
    case .login: "username"
    case .code: "one-time-code"
    default: "off"
    }
  }
}
