internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Bringing in the list one keeps today: choose a file, see what it would do and what is wrong with it, then all of
/// it or nothing.
struct ImportPage {
  /// A check that was made, with the key under which its file waits to be brought in.
  let found: (check: CaseloadCheck, key: String)?
  let faults: [Problem.Fault]

  private static let mostShown = 200

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let isWrong = !faults.isEmpty || found?.check.isGood == false
    return visit.page(t("import.title"), width: .letter, status: isWrong ? 422 : 200) { html in
      html.heading(t("import.title"), t("import.lead"))
      if !faults.isEmpty { visit.errorSummary(&html, faults) }
      if let found {
        if found.check.isGood {
          summary(found.check, found.key, visit, &html)
        } else {
          faultList(found.check, t, &html)
        }
      }
      choose(visit, &html)
      columns(t, &html)
    }
  }

  private func choose(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t(found == nil ? "import.choose" : "import.chooseOther")) { html in
      html(.form, .method("post"), .action("/import/check"), .enctype("multipart/form-data"), .class("stack")) { html in
        visit.formKeys(&html)
        html(.div, .class("field")) { html in
          html(.label, .for("field-file"), text: t("import.file"))
          html(.p, .class("hint"), .id("field-file-hint"), text: t("import.fileHint"))
          html(
            .input, .type("file"), .id("field-file"), .name("file"), .accept(".csv,text/csv,text/plain"), .required,
            .aria(.describedBy, "field-file-hint"))
        }
        html(.p, .class("actions")) { html in
          html(.button, .class(found?.check.isGood == true ? "button" : "button main"), text: t("import.check"))
        }
      }
    }
  }

  private func summary(_ check: CaseloadCheck, _ key: String, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("import.wouldDo")) { html in
      html(.ul, .class("reasons")) { html in
        html(.li, text: t("import.fresh", count: check.fresh.count))
        if check.knownCount > 0 { html(.li, text: t("import.known", count: check.knownCount)) }
        for (key, names) in [
          ("import.newOrganisations", check.newOrganisations), ("import.newWorkers", check.newWorkers),
          ("import.newAccessTeams", check.newAccessTeams.map(\.name)),
        ] where !names.isEmpty { html(.li, text: t(key, ["names": names.joined(separator: ", ")])) }
      }
      if !check.newWorkers.isEmpty { html(.p, .class("small soft"), text: t("import.invited")) }
      if check.fresh.isEmpty {
        html(.p, text: t("import.nothingNew"))
      } else {
        visit.button(
          &html, to: "/import", t("import.do", count: check.fresh.count), class: "button main", hidden: ["key": key])
      }
    }
  }

  private func faultList(_ check: CaseloadCheck, _ t: Texts, _ html: inout HTML) {
    html(.div, .class("faults"), .role("alert")) { html in
      html(.h2, text: t("import.faults", count: check.faults.count))
      html(.p, text: t("import.nothingKept"))
    }
    html.card(nil) { html in
      html(.table, .class("cards-when-narrow")) { html in
        html(.thead) { html in
          html(.tr) { html in
            for key in ["row", "column", "what"] { html(.th, .scope("col"), text: t("import.head.\(key)")) }
          }
        }
        html(.tbody) { html in
          for fault in check.faults.prefix(Self.mostShown) {
            html(.tr) { html in
              html(.th, .scope("row"), text: String(fault.row))
              html(.td, .data("data-label", t("import.head.column")), text: fault.column ?? "")
              html(.td, .data("data-label", t("import.head.what")), text: t(fault.text, fault.values))
            }
          }
        }
      }
      if check.faults.count > Self.mostShown {
        html(.p, .class("soft"), text: t("import.moreFaults", ["n": String(check.faults.count - Self.mostShown)]))
      }
    }
  }

  private func columns(_ t: Texts, _ html: inout HTML) {
    html(.details, .class("card")) { html in
      html(.summary, text: t("import.columns"))
      html(.p, .class("soft"), text: t("import.columnsLead"))
      html(.ul, .class("reasons")) { html in
        for column in CaseloadColumn.allCases {
          html(.li) { html in
            html(.b, text: t.language == .dutch ? column.dutch : column.rawValue)
            html.text(": " + t("import.column.\(String(describing: column))"))
            if CaseloadColumn.needed.contains(column) { html.text(" " + t("import.columnNeeded")) }
          }
        }
      }
    }
  }
}

/// Checked files that wait, in memory and a quarter of an hour, until the same person says: bring it in.
final class ImportShelf: Sendable {
  private static let places = 8
  private static let keepFor = Span.minutes(15)

  private struct Waiting: Sendable {
    let key: String
    let account: ID<Anything>
    let bytes: [UInt8]
    let at: Instant
  }

  private let waiting = Guarded<[Waiting]>([])

  func put(_ bytes: [UInt8], key: String, of account: ID<Anything>, at now: Instant) {
    waiting.with { all in
      all.removeAll { $0.at.adding(Self.keepFor) < now || $0.account == account }
      if all.count >= Self.places { all.removeFirst() }
      all.append(Waiting(key: key, account: account, bytes: bytes, at: now))
    }
  }

  func take(_ key: String, of account: ID<Anything>, at now: Instant) -> [UInt8]? {
    waiting.with { all in
      all.removeAll { $0.at.adding(Self.keepFor) < now }
      guard let place = all.firstIndex(where: { $0.key == key && $0.account == account }) else { return nil }
      return all.remove(at: place).bytes
    }
  }
}

extension ResidentSlice {
  /// A page answers within seconds; longer lists go through the command line.
  private static let mostRows = 5000

  var importRoutes: [Route] {
    [
      Route(.get, "/import", name: "caseload.form", policy: Self.importing) { visit in
        _ = try Self.importer(visit)
        return ImportPage(found: nil, faults: []).reply(visit)
      },
      Route(.post, "/import/check", name: "caseload.check", policy: Self.importing) { visit in try await check(visit) }
        .takingFiles(),
      trail.asksAgain(
        Route(.post, "/import", name: "caseload.import", policy: Self.importing) { visit in try await bringIn(visit) }),
    ]
  }

  static let importing = RoutePolicy.roles([.coordinator, .supportWorker, .teamLeader])

  /// Coordinators bring in everyone, workers with the right to register those of their own organisation.
  static func importer(_ visit: Visit) throws -> Importer {
    let viewer = try visit.signedIn()
    guard viewer.role == .coordinator || viewer.mayRegister else { throw Problem.notFound }
    return Importer(
      account: viewer.account.retyped(),
      onlyOrganisation: viewer.role == .coordinator ? nil : viewer.organisation?.retyped())
  }

  private func check(_ visit: Visit) async throws -> Reply {
    let importer = try Self.importer(visit)
    guard let file = visit.uploads["file"], !file.bytes.isEmpty else {
      return ImportPage(found: nil, faults: [Problem.Fault(field: "file", "import.noFile")]).reply(visit)
    }
    do {
      let check = try await checked(file.bytes, by: importer, visit, as: "caseload.check", field: "file")
      shelf.put(file.bytes, key: visit.requestID, of: try visit.signedIn().account, at: visit.now)
      return ImportPage(found: (check, visit.requestID), faults: []).reply(visit)
    } catch let problem as Problem where problem.kind == .invalid {
      return ImportPage(found: nil, faults: problem.faults).reply(visit)
    }
  }

  /// The dry run over the web.
  /// - Throws: `Problem.invalid` when it is longer than what a request may take.
  func checked(
    _ bytes: [UInt8], by importer: Importer, _ visit: Visit, as name: String, field: String
  ) async throws -> CaseloadCheck {
    let check = try await trail.look(visit, as: name) { try CaseloadCheck(bytes, by: importer, $0.reader) }
    guard check.fresh.count <= Self.mostRows else {
      throw Problem.invalid(field, "import.tooMany", ["n": String(Self.mostRows)])
    }
    return check
  }

  private func bringIn(_ visit: Visit) async throws -> Reply {
    let importer = try Self.importer(visit)
    let viewer = try visit.signedIn()
    guard let key = visit.form["key"], let bytes = shelf.take(key, of: viewer.account, at: visit.now) else {
      return ImportPage(found: nil, faults: [Problem.Fault(field: "file", "import.chooseAgain")]).reply(visit)
    }
    let count = try await keep(bytes, by: importer, visit)
    return .go(to: "/?done=import.\(count == 1 ? "single" : "many")")
  }

  /// Brings in a file that was found good.
  /// - Returns: how many residents are new.
  func keep(_ bytes: [UInt8], by importer: Importer, _ visit: Visit) async throws -> Int {
    let viewer = try visit.signedIn()
    let now = visit.now
    return try await trail.changeMany(visit.act("caseload.import"), role: viewer.role.rawValue) { batch in
      let check = try batch.look(at: now) { try CaseloadCheck(bytes, by: importer, $0) }
      var run = CaseloadImport(check, by: importer, at: now)
      let residents = try run.run(batch)
      return (residents.count, residents)
    }
  }
}
