internal import Kernel
internal import Site
internal import Store
internal import Trust

/// What would happen to whom: who is new and where they will stand, who is there already, and what else is made.
struct PreviewCard {
  private struct Row {
    let row: Int
    let name: String
    let what: String
    let link: String?
  }

  private let check: CaseloadCheck
  private let fresh: [Row]
  private let known: [Row]

  private static let mostShown = 200

  init(_ check: CaseloadCheck, _ looker: Looker, _ t: Texts) throws {
    self.check = check
    let sights = try looker.sights(of: check.known.prefix(Self.mostShown).map(\.resident))
    known = check.known.prefix(Self.mostShown).map { one in Self.known(one, sights[one.resident], t) }
    let doubles = BornOneDay()
    fresh = try check.fresh.prefix(Self.mostShown).map { line in
      let alike = try Self.alike(line, doubles, looker)
      var what = t(
        "import.preview.new",
        [
          "organisation": line.organisation, "worker": line.worker, "phase": t("phase.\(line.phase.rawValue)"),
          "municipality": line.municipality.name,
        ])
      if let alike { what += " " + t("import.preview.double", ["name": alike]) }
      return Row(row: line.row, name: line.fullName, what: what, link: nil)
    }
  }

  /// Of somebody who is there: what the list says otherwise, as far as the viewer may know what is stored.
  private static func known(_ one: CaseloadCheck.Known, _ sight: Sight?, _ t: Texts) -> Row {
    guard let sight, sight.shows(.identity), !sight.seesFirstNameOnly else {
      return Row(row: one.line.row, name: one.line.fullName, what: t("import.preview.same"), link: nil)
    }
    let differing = one.differing.filter { difference in
      let isContact = difference.column == .phone || difference.column == .address
      return !isContact || sight.shows(.contact)
    }.map { difference in
      difference.column == .bsn
        ? difference.column.name(t)
        : t(
          "import.preview.fromTo",
          [
            "column": difference.column.name(t), "from": difference.stored.isEmpty ? "–" : difference.stored,
            "to": difference.listed,
          ])
    }
    let what =
      differing.isEmpty
      ? t("import.preview.same") : t("import.preview.differs", ["what": differing.joined(separator: "; ")])
    return Row(row: one.line.row, name: one.line.fullName, what: what, link: "/residents/\(one.resident)/details")
  }

  /// Somebody the viewer knows already who may be the same person. Of others nothing is told: their coordinator hears.
  private static func alike(_ line: CaseloadLine, _ doubles: BornOneDay, _ looker: Looker) throws -> String? {
    guard let birth = line.birthDate else { return nil }
    let alike = try doubles.all(of: birth, looker.reader).filter { known in
      known.bsn != nil && known.bsn == line.bsn || known.name.isNear(line.nearName)
    }
    guard let known = try looker.seen(among: alike.map(\.resident), atMost: 1).first else { return nil }
    let sight = try looker.sight(of: known)
    let name = sight.name(of: try looker.reader.get(Resident.self, known.retyped()))
    return name.isEmpty ? nil : name
  }

  func show(_ key: String, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("import.wouldDo")) { html in
      summary(t, &html)
      if check.fresh.isEmpty {
        html(.p, text: t("import.nothingNew"))
      } else {
        visit.button(
          &html, to: "/import", t("import.do", count: check.fresh.count), class: "button main", hidden: ["key": key])
      }
      ImportPage.pointAgain(key, visit, &html)
    }
    table(t("import.preview.fresh"), fresh, of: check.fresh.count, t, &html)
    table(t("import.preview.known"), known, of: check.known.count, t, &html)
  }

  private func summary(_ t: Texts, _ html: inout HTML) {
    html(.ul, .class("reasons")) { html in
      html(.li, text: t("import.fresh", count: check.fresh.count))
      if !check.known.isEmpty { html(.li, text: t("import.known", count: check.known.count)) }
      let boards = Dictionary(grouping: check.fresh, by: \.municipality.name).sorted { $0.key < $1.key }
      for (municipality, lines) in boards {
        html(.li, text: t("import.preview.board", count: lines.count, ["municipality": municipality]))
      }
      for (key, names) in check.made { html(.li, text: t(key, ["names": names.joined(separator: ", ")])) }
      if !check.layout.unread.isEmpty {
        html(.li, text: t("import.unread", ["names": check.layout.unread.joined(separator: ", ")]))
      }
      for remark in check.layout.remarks {
        html(.li, text: t("import.remark", ["row": String(remark.row), "text": String(remark.text.prefix(80))]))
      }
    }
    if !check.newWorkers.isEmpty { html(.p, .class("small soft"), text: t("import.invited")) }
  }

  private func table(_ title: String, _ rows: [Row], of count: Int, _ t: Texts, _ html: inout HTML) {
    guard !rows.isEmpty else { return }
    html.card(title) { html in
      html(.table, .class("cards-when-narrow")) { html in
        html(.thead) { html in
          html(.tr) { html in
            for key in ["row", "name", "happens"] { html(.th, .scope("col"), text: t("import.head.\(key)")) }
          }
        }
        html(.tbody) { html in
          for row in rows {
            html(.tr) { html in
              html(.th, .scope("row"), text: String(row.row))
              html(.td, .data("data-label", t("import.head.name"))) { html in
                if let link = row.link { html.link(row.name, to: link) } else { html.text(row.name) }
              }
              html(.td, .data("data-label", t("import.head.happens")), text: row.what)
            }
          }
        }
      }
      if count > rows.count {
        html(.p, .class("soft"), text: t("import.moreFaults", ["n": String(count - rows.count)]))
      }
    }
  }
}
