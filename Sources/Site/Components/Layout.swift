internal import Kernel

extension Visit {
  /// A whole page: head, header with the places one may go, the content, the footer.
  /// - Parameter width: how much of a wide screen the content may take.
  public func page(
    _ title: String, width: PageWidth = .wide, status: Int = 200, content: (inout HTML) throws -> Void
  ) rethrows -> Reply {
    var html = HTML()
    html.raw("<!doctype html>")
    // Drafts in the browser belong to one person; this tells whose they are without saying who.
    let user = viewer.map { Attribute.data("data-user", String(Token.hash("drafts:\($0.account)").prefix(16))) }
    try html(.html, .lang(texts.language.rawValue), user) { html in
      head(title, &html)
      try html(.body, .class(width.rawValue)) { html in
        html(.a, .class("skip"), .href("#content"), text: texts("layout.skip"))
        if chrome.isDemo { demoBanner(&html) }
        header(&html)
        try html(.main, .id("content")) { html in
          if isFromBefore { html(.p, .class("notice mind"), .role("alert"), text: texts("form.fromBefore")) }
          doneMessage(&html)
          try content(&html)
        }
        footer(&html)
        sessionWarning(&html)
      }
    }
    return .page(html, status: status)
  }

  private func head(_ title: String, _ html: inout HTML) {
    html(.head) { html in
      html(.meta, .charset("utf-8"))
      html(.meta, .name("viewport"), .content("width=device-width, initial-scale=1"))
      html(.meta, .name("color-scheme"), .content("light dark"))
      // Whoever hears the page hears at once that something has to be mended.
      let mark = faults.isEmpty ? "" : texts("form.faultTitle") + " "
      html(.title, text: "\(mark)\(title) – Geland")
      html(.link, .rel("stylesheet"), .href(chrome.assets.style.path))
      html(.link, .rel("icon"), .href(chrome.assets.icon.path), .type("image/svg+xml"))
      html(
        .script, .src(chrome.assets.script.path), .defer, .data("data-offline", texts("form.offline")),
        .data("data-half", texts("form.dateUnreadable")), session.map { .data("data-idle", String($0.idle)) },
        session.map { .data("data-left", String($0.left)) }
      ) { _ in }
    }
  }

  /// How many seconds one may do nothing, and how many are left however busy one is.
  private var session: (idle: Int64, left: Int64)? {
    viewer?.session.map { ($0.idle.milliseconds / 1000, max(0, $0.latest.since(now).milliseconds / 1000)) }
  }

  /// Said in time, with a way to stay; the script shows it (WCAG 2.2.1).
  private func sessionWarning(_ html: inout HTML) {
    guard viewer?.session != nil else { return }
    html(.div, .class("session"), .id("session"), .role("alertdialog"), .aria(.label, texts("session.label")), .hidden)
    {
      html in
      html(.p, .data("data-when", "idle"), text: texts("session.idle"))
      html(.p, .data("data-when", "latest"), text: texts("session.latest"))
      html(.p, .class("actions")) { html in
        html(.button, .class("button main"), .type("button"), .id("session-stay"), text: texts("session.stay"))
      }
    }
  }

  private func demoBanner(_ html: inout HTML) {
    html(.div, .class("demo"), .role("region"), .aria(.label, texts("demo.label"))) { html in
      html(.span, text: "\(texts("demo.banner")) \(texts("demo.clock", ["date": texts.weekdayAndDate(today)]))")
      html(.a, .href("/sign-in"), text: texts("demo.switch"))
      if viewer != nil {
        html(.form, .method("post"), .action("/demo/clock"), .class("inline row")) { html in
          formKeys(&html)
          html(.input, .type("hidden"), .name("back"), .value(path))
          html(.button, .class("link"), .name("days"), .value("1"), text: texts("demo.day"))
          html(.button, .class("link"), .name("days"), .value("7"), text: texts("demo.week"))
        }
      }
    }
  }

  private func header(_ html: inout HTML) {
    html(.header, .class("top")) { html in
      html(.div) { html in
        html(.a, .class("mark"), .href("/")) { html in
          html.raw(Icon.mark)
          html.text("Geland")
        }
        if !chrome.links.isEmpty {
          html(.nav, .aria(.label, texts("layout.menu"))) { html in
            for link in chrome.links {
              let isHere = path == link.href || (link.href != "/" && path.hasPrefix(link.href + "/"))
              html(.a, .href(link.href), isHere ? .aria(.current, "page") : nil, text: link.text)
            }
          }
        }
        html(.div, .class("tools")) { html in tools(&html) }
      }
    }
  }

  private func tools(_ html: inout HTML) {
    let other: Language = texts.language == .dutch ? .english : .dutch
    if let viewer {
      if viewer.role != .resident {
        // Whoever sees no residents searches what works.
        let seesNobody = [.policyAdviser, .privacyOfficer, .systemAdministrator].contains(viewer.role)
        let (place, title) = seesNobody ? ("/knowledge#q", "knowledge.searchTitle") : ("/search", "search.title")
        html(.a, .class("button quiet"), .href(place), .data("data-search"), .title(texts(title))) { html in
          html.raw(Icon.search)
          html(.span, .class("wide-only"), text: texts("search.open"))
        }
      }
    }
    html(.form, .method("post"), .action("/language"), .class("inline")) { html in
      formKeys(&html)
      html(.input, .type("hidden"), .name("back"), .value(standsAt))
      html(
        .button, .class("button quiet"), .name("language"), .value(other.rawValue), .lang(other.rawValue),
        text: texts("layout.otherLanguage"))
    }
    if viewer == nil && !path.hasPrefix("/sign-in") {
      html(.a, .class("button quiet"), .href("/sign-in"), text: texts("layout.signIn"))
    }
    if let viewer {
      html(.a, .class("face"), .href("/account"), .title(texts("account.title"))) { html in
        html(.span, .class("visually-hidden"), text: texts("account.title"))
        html(.span, .aria(.hidden, "true"), text: initials(viewer.name))
      }
    }
  }

  /// After a form: what was done.
  private func doneMessage(_ html: inout HTML) {
    guard let key = query["done"], key.allSatisfy({ $0.isLetter || $0 == "." }) else { return }
    guard let text = texts.catalogue.text("done.\(key)", texts.language) else { return }
    html(.p, .class("notice good"), .role("status")) { html in
      html.raw(Icon.check)
      html.text(text)
    }
  }

  private func footer(_ html: inout HTML) {
    html(.footer, .class("foot")) { html in
      html(.nav, .class("row wrap"), .aria(.label, texts("layout.about"))) { html in
        html(.a, .href("/help"), text: texts("layout.help"))
        html(.a, .href("/contact"), text: texts("layout.contact"))
        html(.a, .href("/accessibility"), text: texts("layout.accessibility"))
      }
      html(.p, .class("small soft"), text: texts("layout.footer"))
    }
  }
}

public enum PageWidth: String, Sendable {
  /// Like a letter: for a resident's pages and forms.
  case letter
  /// For lists and boards.
  case wide
}

/// Two letters for a round face.
public func initials(_ name: String) -> String {
  let words = name.split(separator: " ")
  guard let first = words.first?.first else { return "·" }
  guard words.count > 1, let last = words.last?.first else { return String(first).uppercased() }
  return (String(first) + String(last)).uppercased()
}
