public import Kernel
public import Site
public import Store

/// The printed letter with which somebody comes in the first time, or sets up a new second factor.
public struct LetterPage {
  private let account: Account
  private let code: String
  private let opens: Letter.Opens
  private let until: Instant
  private let back: String

  /// Makes a fresh code, ends every earlier one, and shows the letter this once. For an account in use a second person
  /// must have agreed; else that is asked, and told on the page `asked`.
  public static func make(
    for account: Account, by viewer: Viewer, back: String, asked: String, opens: Letter.Opens = .password,
    _ visit: Visit, _ transaction: Transaction
  ) throws -> Reply {
    guard let code = try Letter.make(for: account, by: viewer.account.retyped(), opens: opens, transaction) else {
      return .go(to: asked + "?done=approval.askedLetter")
    }
    let until = transaction.now.adding(InvitationCode.validity)
    return LetterPage(account: account, code: code, opens: opens, until: until, back: back).reply(visit)
  }

  private func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let title = t(opens == .factor ? "letter.factorTitle" : "letter.title")
    return visit.page(title, width: .letter) { html in
      html(.article, .class("card letter")) { html in
        html(.h1, text: title)
        html(.p, text: t("letter.dear", ["name": account.name]))
        html(.p, text: t(body))
        html(.ol, .class("numbered")) { html in
          for step in steps(visit.home, t) { html(.li, text: step) }
        }
        html(.p, .class("code"), text: code)
        html(.p, .class("soft"), text: t("letter.until", ["date": t.date(RegionTime.amsterdam.date(of: until))]))
      }
      html(.p, .class("no-print")) { html in
        html(.button, .class("button main"), .type("button"), .data("data-print"), text: t("letter.print"))
        html.link(t("letter.back"), to: back, class: "button quiet")
      }
      html(.p, .class("small soft no-print"), text: t("letter.once"))
    }
  }

  /// What it is about, in the words of who reads it: a home is only one's own for the resident.
  private var body: String {
    if opens == .factor { return "letter.factorBody" }
    if account.role == .resident { return "letter.bodyResident" }
    return account.resident == nil ? "letter.bodyWorker" : "letter.bodyNear"
  }

  private func steps(_ home: String, _ t: Texts) -> [String] {
    let login = account.login ?? ""
    let place = ["address": home, "login": login]
    if opens == .factor { return ["1", "2", "3", "4"].map { t("letter.factorStep\($0)", place) } }
    let first = ["letter.step1", "letter.step2", "letter.step3"].map { t($0, place) }
    return login.isEmpty ? first : first + [t("letter.step4", place)]
  }
}
