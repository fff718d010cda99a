internal import Kernel
internal import Site
internal import Store

/// Between the password and the house: the code of one's second factor, setting one up, and what to do without one's
/// telephone.
extension TrustSlice {
  var codeRoutes: [Route] {
    [
      Route(.get, "/sign-in/code", name: "sign-in.code.form", policy: .anyone) { visit in
        guard try await halfway(visit, .code) != nil else { return .go(to: "/sign-in") }
        return CodePage().reply(visit)
      },
      Route(.post, "/sign-in/code", name: "sign-in.code", policy: .anyone) { try await giveCode($0) },
      Route(.post, "/sign-in/lost", name: "sign-in.lost", policy: .anyone) { try await useFactorLetter($0) },
      Route(.get, "/sign-in/factor", name: "sign-in.factor.form", policy: .anyone) { visit in
        guard let account = try await halfway(visit, .setup) else { return .go(to: "/sign-in") }
        return try await setUpPage(account, visit, [])
      },
      Route(.post, "/sign-in/factor", name: "sign-in.factor", policy: .anyone) { try await setUp($0) },
    ]
  }

  /// Whose password was right in this browser just now, when this is the step they are at.
  private func halfway(_ visit: Visit, _ stage: SignInStage) async throws -> Account? {
    let found = try await database.read { try Sessions.halfway(visit.sessionKey, $0) }
    return found?.stage == stage ? found?.account : nil
  }

  /// Acts for the person who is halfway, while they are.
  private func act<Value: Sendable>(
    _ verb: String, _ visit: Visit, _ stage: SignInStage,
    _ body: @Sendable @escaping (Account, String?, Transaction) throws -> Value
  ) async throws -> (account: Account, value: Value)? {
    try await database.write(visit.act(verb)) { transaction in
      guard let found = try Sessions.halfway(visit.sessionKey, transaction), found.stage == stage else { return nil }
      let device = try KnownDevices.name(visit.device, of: found.account.id, transaction)
      return (found.account, try body(found.account, device, transaction))
    }
  }

  private func giveCode(_ visit: Visit) async throws -> Reply {
    let typed = visit.form["code"] ?? ""
    let done = try await act("sign-in.code", visit, .code) { account, device, transaction in
      try SecondFactor.check(typed, of: account, device: device, transaction)
    }
    guard let done else { return .go(to: "/sign-in") }
    if done.value == .right { return try await enter(done.account.id, visit, factorAt: visit.now) }
    try await note("sign-in.code.failed", done.account.id, visit)
    return CodePage(faults: [CodePage.fault(done.value, typed)]).reply(visit)
  }

  /// A letter for who lost their telephone, after a second person agreed: a new factor is set up.
  private func useFactorLetter(_ visit: Visit) async throws -> Reply {
    let code = InvitationCode.hash(visit.form["letter"] ?? "")
    let done = try await act("sign-in.lost", visit, .code) { account, _, transaction -> String? in
      let gone = try transaction.technical(
        """
        delete from invitation where code_hash = \(code) and account = \(account.id) and opens = 'factor'
        and expires_at > \(transaction.now)
        """)
      guard gone > 0 else { return nil }
      try SecondFactor.reset(account, by: nil, transaction)
      try SecondFactor.begin(for: account, transaction)
      return try Sessions.begin(for: account.id, stage: .setup, transaction)
    }
    guard let done else { return .go(to: "/sign-in") }
    guard let token = done.value else {
      try await note("sign-in.code.failed", done.account.id, visit)
      return CodePage(faults: [Problem.Fault(field: "letter", "welcome.wrongCode")]).reply(visit)
    }
    try await note("factor.reset", done.account.id, visit)
    var reply = Reply.go(to: "/sign-in/factor" + visit.backQuery)
    reply.session = .begin(token: token, device: nil)
    return reply
  }

  private func setUpPage(_ account: Account, _ visit: Visit, _ faults: [Problem.Fault]) async throws -> Reply {
    guard let factor = try await database.read({ try SecondFactor.waiting(for: account.id, $0) }) else {
      return .go(to: "/sign-in")
    }
    return FactorPage(factor: factor, account: account, action: "/sign-in/factor", isFirst: true, faults: faults)
      .reply(visit)
  }

  private func setUp(_ visit: Visit) async throws -> Reply {
    let typed = visit.form["code"] ?? ""
    let done = try await act("factor.confirm", visit, .setup) { account, device, transaction in
      let answer = try SecondFactor.confirm(typed, of: account, device: device, transaction)
      return (answer: answer, codes: answer == .right ? try RecoveryCodes.make(for: account, transaction) : [])
    }
    guard let done else { return .go(to: "/sign-in") }
    guard done.value.answer == .right else {
      try await note("sign-in.code.failed", done.account.id, visit)
      return try await setUpPage(done.account, visit, [CodePage.fault(done.value.answer, typed)])
    }
    try await note("factor.confirm", done.account.id, visit)
    return try await enter(
      done.account.id, visit, factorAt: visit.now,
      reply: RecoveryPage(codes: done.value.codes, next: visit.back ?? "/").reply(visit))
  }
}

/// *De code van je telefoon*: asked after the password.
struct CodePage {
  var faults: [Problem.Fault] = []

  /// What is said of a code that was not taken. A code that lies before one is no guess.
  static func fault(_ answer: SecondFactor.Answer, _ typed: String) -> Problem.Fault {
    if typed.isEmpty { return Problem.Fault(field: "code", "form.needed") }
    return Problem.Fault(field: "code", answer == .wait ? "factor.wait" : "factor.wrong")
  }

  static func field(_ t: Texts, hint: String) -> Field {
    Field("code", t("factor.code"), .code, hint: hint, isRequired: true)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("factor.askTitle"), width: .letter, status: faults.isEmpty ? 200 : 422) { html in
      html.heading(t("factor.askTitle"), t("factor.askLead"))
      html.card(nil) { html in
        visit.form(
          &html, to: "/sign-in/code", submit: t("signIn.submit"), faults: faults.filter { $0.field != "letter" },
          fields: [Self.field(t, hint: t("factor.codeOrRecovery"))]
        ) { visit.backField(&$0) }
      }
      let lost = faults.filter { $0.field == "letter" }
      html(.details, .class("card"), lost.isEmpty ? nil : .open) { html in
        html(.summary, text: t("factor.lost"))
        html(.p, text: t("factor.lostRecovery"))
        html(.p, text: t("factor.lostAsk"))
        visit.form(
          &html, to: "/sign-in/lost", submit: t("factor.useLetter"), class: "stack tight", faults: lost,
          fields: [Field("letter", t("factor.letterCode"), hint: t("welcome.codeHint"), isRequired: true)]
        ) { visit.backField(&$0) }
      }
      html(.p) { html in html.link(t("factor.otherPerson"), to: "/sign-in") }
    }
  }
}

/// *Tweede stap instellen*: the picture, the key as text, and the first code.
struct FactorPage {
  let factor: SecondFactor
  let account: Account
  let action: String
  /// Before one is in the house: why it is asked is told.
  let isFirst: Bool
  let faults: [Problem.Fault]

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("factor.title"), width: .letter, status: faults.isEmpty ? 200 : 422) { html in
      html.heading(t("factor.title"), t(isFirst ? "factor.leadFirst" : "factor.lead"))
      html.card(nil) { html in
        html(.ol, .class("numbered")) { html in
          html(.li, text: t("factor.step1"))
          html(.li, text: t("factor.step2"))
          html(.li, text: t("factor.step3"))
        }
        if let code = QRCode(factor.address(for: account)) { html.qrCode(code, t("factor.picture")) }
        html(.p, .class("small soft"), text: t("factor.keyLead"))
        html(.p, .class("code lines-kept"), text: factor.groups)
        visit.form(
          &html, to: action, submit: t("factor.confirm"), faults: faults,
          fields: [CodePage.field(t, hint: t("factor.codeHint"))]
        ) { visit.backField(&$0) }
      }
    }
  }
}

/// The recovery codes, shown this once.
struct RecoveryPage {
  let codes: [String]
  let next: String

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("recovery.title"), width: .letter) { html in
      html(.article, .class("card letter")) { html in
        html(.h1, text: t("recovery.title"))
        html(.p, text: t("recovery.lead"))
        html(.ol, .class("codes")) { html in
          for code in codes { html(.li, .class("code"), text: code) }
        }
      }
      html(.p, .class("small soft no-print"), text: t("recovery.once"))
      html(.p, .class("actions no-print")) { html in
        html(.button, .class("button"), .type("button"), .data("data-print"), text: t("recovery.print"))
        html.link(t("recovery.next"), to: next, class: "button main")
      }
    }
  }
}
