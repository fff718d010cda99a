internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Sharing what works: taking it along, taking over another region's lessons, and who may read.
struct ExchangePage {
  private let settings: KnowledgeSettings?
  private let origins: [(region: String, count: Int)]
  private let mayTakeOver: Bool
  private let faults: [Problem.Fault]

  init(_ looker: Looker, faults: [Problem.Fault]) throws {
    settings = try KnowledgeSettings.stored(looker.reader)
    let taken = try looker.reader.all(AddedLesson.self, "where origin is not null and withdrawn_on is null")
    origins = Dictionary(grouping: taken) { $0.origin ?? "" }.map { ($0.key, $0.value.count) }
      .sorted { $0.0 < $1.0 }
    mayTakeOver = Learning.edits(looker.viewer)
    self.faults = faults
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("exchange.title"), width: .letter) { html in
      html(.p, .class("small soft")) { html in html.link(t("knowledge.title"), to: "/knowledge") }
      html.heading(t("exchange.title"), t("exchange.lead"))
      if let fresh = visit.query.number("fresh") { told(fresh, visit.query, t, &html) }
      take(t, &html)
      if mayTakeOver { takeOver(visit, &html) }
      choose(visit, &html)
    }
  }

  /// What became of a file that was read in.
  private func told(_ fresh: Int, _ query: Fields, _ t: Texts, _ html: inout HTML) {
    html(.div, .class("notice good"), .role("status")) { html in
      html(.p, text: t("exchange.fresh", count: fresh))
      for key in ["changed", "same", "own"] {
        guard let count = query.number(key), count > 0 else { continue }
        html(.p, .class("small"), text: t("exchange.\(key)", count: count))
      }
    }
  }

  private func take(_ t: Texts, _ html: inout HTML) {
    html.card(t("exchange.take")) { html in
      html(.p, .class("soft"), text: t("exchange.takeLead"))
      html(.ul, .class("plain stack tight")) { html in
        for (key, address) in [
          ("exchange.json", "/knowledge/export.json"), ("exchange.markdown", "/knowledge/export.md"),
        ] {
          html(.li) { html in html.link(t(key), to: address) }
        }
      }
    }
  }

  private func takeOver(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("exchange.takeOver")) { html in
      html(.p, .class("soft"), text: t("exchange.takeOverLead"))
      if faults.contains(where: { $0.field != "regionName" }) { visit.errorSummary(&html, faults) }
      html(
        .form, .method("post"), .action("/knowledge/exchange/lessons"), .enctype("multipart/form-data"),
        .class("stack")
      ) { html in
        visit.formKeys(&html)
        html(.div, .class("field")) { html in
          html(.label, .for("field-file"), text: t("exchange.file"))
          html(.input, .type("file"), .id("field-file"), .name("file"), .accept(".json,application/json"), .required)
        }
        visit.field(&html, Field("region", t("exchange.region"), hint: t("exchange.regionHint")), faults)
        html(.p, .class("actions")) { html in html(.button, .class("button main"), text: t("exchange.read")) }
      }
      for origin in origins {
        html(.div, .class("row wrap between")) { html in
          html(.p, text: t("exchange.from", count: origin.count, ["region": origin.region]))
          visit.button(
            &html, to: "/knowledge/exchange/withdraw", t("exchange.withdraw"), class: "button quiet",
            hidden: ["region": origin.region])
        }
      }
    }
  }

  private func choose(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("exchange.settings")) { html in
      visit.form(
        &html, to: "/knowledge/exchange", submit: t("form.save"),
        faults: faults.filter { $0.field == "regionName" },
        fields: [
          Field(
            "regionName", t("exchange.regionName"), hint: t("exchange.regionNameHint"), value: settings?.regionName),
          Field(
            "isOpen", t("exchange.isOpen"), .check, hint: t("exchange.isOpenHint"),
            value: settings?.isOpen == true ? "on" : nil),
        ], version: settings?.version ?? 0)
    }
  }
}

extension KnowledgeSlice {
  private static let choosers = RoutePolicy.roles(Learning.editors + [.systemAdministrator])

  var exchangeRoutes: [Route] {
    trail.form(
      "/knowledge/exchange", name: "exchange", policy: Self.choosers,
      show: { visit, looker, faults in try ExchangePage(looker, faults: faults).reply(visit) },
      perform: { visit, transaction, _ in
        _ = try KnowledgeSettings.choose(visit, transaction)
        return .go(to: "/knowledge/exchange?done=exchange.chosen")
      }) + [
        // Where one comes back to after choosing another language.
        Route(.get, "/knowledge/exchange/lessons", name: "exchange.takeOver.form", policy: Self.editors) { _ in
          .go(to: "/knowledge/exchange")
        },
        Route(.post, "/knowledge/exchange/lessons", name: "exchange.takeOver", policy: Self.editors) { visit in
          try await takeOver(visit)
        }.takingFiles(),
        trail.verb("/knowledge/exchange/withdraw", name: "exchange.withdraw", policy: Self.editors) {
          visit, transaction, _ in
          let region = visit.form["region"] ?? ""
          for lesson in try transaction.all(
            AddedLesson.self, "where origin = \(region) and withdrawn_on is null")
          {
            _ = try lesson.withdraw(true, transaction)
          }
          return .go(to: "/knowledge/exchange?done=lesson.withdrawn")
        },
      ] + exportRoutes
  }

  private func takeOver(_ visit: Visit) async throws -> Reply {
    do {
      guard let upload = visit.uploads["file"], !upload.bytes.isEmpty else {
        throw Problem.invalid("file", "exchange.noFile")
      }
      let file = LessonsFile(upload.bytes, in: try base.library)
      let region = try Self.region(file.region ?? visit.form["region"], file)
      return try await trail.change(visit, as: "exchange.takeOver") { _, transaction, _ in
        let counts = try TakingOver.perform(file, from: region, transaction).counts
        return .go(to: "/knowledge/exchange?" + counts.map { "\($0)=\($1)" }.joined(separator: "&"))
      }
    } catch let problem as Problem where problem.kind == .invalid {
      return try await trail.look(visit, as: "exchange.form", event: "list") { looker in
        var reply = try ExchangePage(looker, faults: problem.faults).reply(visit)
        reply.status = 422
        return reply
      }
    }
  }

  /// Where the lessons come from; needed only when the file can be read.
  static func region(_ typed: String?, _ file: LessonsFile) throws -> String {
    guard file.faults.isEmpty else { throw Problem(.invalid, file.faults) }
    guard let typed, !typed.isEmpty else { throw Problem.invalid("region", "form.needed") }
    guard typed.count <= 80 else { throw Problem.invalid("region", "form.tooLong", ["most": "80"]) }
    return typed
  }

  private var exportRoutes: [Route] {
    let policy = RoutePolicy.signedInUnless(openness)
    return [
      Route(.get, "/knowledge/export.json", name: "knowledge.export", policy: policy) { visit in
        .file(
          try export(visit).json.text, type: "application/json",
          named: "geland-\(visit.today).json")
      },
      Route(.get, "/knowledge/export.md", name: "knowledge.exportText", policy: policy) { visit in
        .file(
          try export(visit).markdown(visit.texts), type: "text/markdown; charset=utf-8",
          named: "geland-\(visit.texts.language.rawValue)-\(visit.today).md")
      },
      Route(.get, "/knowledge/{unit}/markdown", name: "knowledge.unitText", policy: policy) { visit in
        let export = try export(visit)
        guard let unit = visit.places["unit"].flatMap(export.library.unit) else { throw Problem.notFound }
        return .file(
          export.markdown(of: unit, visit.texts), type: "text/markdown; charset=utf-8", named: "\(unit.id).md")
      },
    ]
  }

  func export(_ visit: Visit) throws -> KnowledgeExport {
    KnowledgeExport(library: try base.library, regionName: chosen.value?.regionName, today: visit.today)
  }
}
