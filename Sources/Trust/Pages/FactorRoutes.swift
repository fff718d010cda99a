internal import Kernel
internal import Site
internal import Store

/// One's own second factor: beginning with one, another telephone, fresh recovery codes.
extension TrustSlice {
  var factorRoutes: [Route] {
    [
      Route(.post, "/account/factor", name: "factor.begin", policy: .signedIn) { try await beginFactor($0) },
      trail.asksAgain(
        trail.verb("/account/factor/new", name: "factor.another", policy: .signedIn) { _, transaction, looker in
          let account = try transaction.get(Account.self, looker.viewer.account.retyped())
          guard try SecondFactor.hasOne(account.id, transaction) else { throw Problem.notFound }
          try SecondFactor.begin(for: account, transaction)
          return .go(to: "/account/factor")
        }),
      trail.asksAgain(
        trail.verb("/account/factor/codes", name: "factor.codes", policy: .signedIn) { visit, transaction, looker in
          let account = try transaction.get(Account.self, looker.viewer.account.retyped())
          guard try SecondFactor.hasOne(account.id, transaction) else { throw Problem.notFound }
          try AccountEvent.note(.recoveryCodes, account, transaction)
          return RecoveryPage(codes: try RecoveryCodes.make(for: account, transaction), next: "/account").reply(visit)
        }),
      trail.page("/account/factor", name: "factor", policy: .signedIn) { visit, looker in
        try factorPage(visit, looker, [])
      },
      Route(.post, "/account/factor/confirm", name: "factor.confirm", policy: .signedIn) { visit in
        try await confirmFactor(visit)
      },
    ]
  }

  /// The first one: only who knows the password sets one up on an account.
  private func beginFactor(_ visit: Visit) async throws -> Reply {
    if let fault = try await fault(inCurrent: visit) { return try await onAccount(visit, [fault]) }
    let id: ID<Account> = try visit.signedIn().account.retyped()
    try await database.write(visit.act("factor.begin")) { transaction in
      // Another one beside the first takes a code.
      guard try !SecondFactor.hasOne(id, transaction) else { throw Problem.notFound }
      try SecondFactor.begin(for: try transaction.get(Account.self, id), transaction)
    }
    return .go(to: "/account/factor")
  }

  private func factorPage(_ visit: Visit, _ looker: Looker, _ faults: [Problem.Fault]) throws -> Reply {
    let account = try looker.reader.get(Account.self, looker.viewer.account.retyped())
    guard let factor = try SecondFactor.waiting(for: account.id, looker.reader) else { return .go(to: "/account") }
    return FactorPage(
      factor: factor, account: account, action: "/account/factor/confirm", isFirst: false, faults: faults
    ).reply(visit)
  }

  private func confirmFactor(_ visit: Visit) async throws -> Reply {
    let id: ID<Account> = try visit.signedIn().account.retyped()
    let typed = visit.form["code"] ?? ""
    let (answer, codes) = try await database.write(visit.act("factor.confirm")) { transaction in
      let account = try transaction.get(Account.self, id)
      let device = try KnownDevices.name(visit.device, of: id, transaction)
      let answer = try SecondFactor.confirm(typed, of: account, device: device, transaction)
      guard answer == .right else { return (answer, [String]()) }
      try Sessions.end(of: id, except: visit.sessionKey, transaction)
      try transaction.technical(
        "update session set factor_at = \(transaction.now) where token_hash = \(visit.sessionKey)")
      return (answer, try RecoveryCodes.make(for: account, transaction))
    }
    guard answer == .right else {
      return try await trail.look(visit, as: "factor", event: "list") {
        try factorPage(visit, $0, [CodePage.fault(answer, typed)])
      }
    }
    try await note("factor.confirm", id, visit)
    return RecoveryPage(codes: codes, next: "/account").reply(visit)
  }
}
