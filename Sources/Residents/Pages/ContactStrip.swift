internal import Kernel
internal import Site
internal import Store

/// A year of weeks with its months: how often somebody was reached, when it was tried without answer, and when they
/// moved; the same in a table.
struct ContactStrip {
  private struct Month {
    let first: LocalDate
    var reached = 0
    var missed = 0
  }

  private let today: LocalDate
  private let movedOn: LocalDate?
  private var reached = Array(repeating: 0, count: 52)
  private var missed = Array(repeating: 0, count: 52)
  /// Oldest first.
  private var months: [Month]

  init(_ contacts: [Contact], today: LocalDate, movedOn: LocalDate?) {
    self.today = today
    self.movedOn = movedOn
    let thisMonth = today.adding(days: 1 - today.day)
    months = (0..<12).reversed().map { Month(first: thisMonth.adding(months: -$0)) }
    for contact in contacts { count(contact) }
  }

  private mutating func count(_ contact: Contact) {
    let day = RegionTime.amsterdam.date(of: contact.at)
    let week = 51 - today.days(since: day) / 7
    guard (0..<52).contains(week) else { return }
    if contact.isReached { reached[week] += 1 } else { missed[week] += 1 }
    guard let month = months.lastIndex(where: { $0.first <= day }) else { return }
    if contact.isReached { months[month].reached += 1 } else { months[month].missed += 1 }
  }

  /// Drawn, in words and in a table.
  func show(_ t: Texts, _ html: inout HTML) {
    draw(t, &html)
    html(.details) { html in
      html(.summary, text: t("chart.table"))
      html(.table) { html in
        html(.thead) { html in
          html(.tr) { html in
            for column in ["month", "reached", "missed"] {
              html(.th, .scope("col"), text: t("contact.column.\(column)"))
            }
          }
        }
        html(.tbody) { html in
          for month in months.reversed() {
            html(.tr) { html in
              html(.td, text: "\(t("month.\(month.first.month)")) \(month.first.year)")
              html(.td, text: String(month.reached))
              html(.td, text: String(month.missed))
            }
          }
        }
      }
    }
  }

  /// Drawn and in words.
  func draw(_ t: Texts, _ html: inout HTML) {
    let (spoken, tried) = (reached.reduce(0, +), missed.reduce(0, +))
    let said = [
      t("contact.spoken", count: spoken), tried == 0 ? nil : t("contact.tried", count: tried),
      moved.map { _ in t("contact.movedOn", ["date": movedOn.map(t.date) ?? ""]) },
    ].compactMap(\.self).joined(separator: " ")
    html(.svg, .viewBox("0 0 520 82"), .class("strip"), .role("img"), .aria(.label, said)) { html in
      html(.path, .d("M0 60.5h520"), .class("ground"))
      for (place, month) in months.enumerated() { mark(month, isThird: place % 3 == 2, t, &html) }
      if let moved {
        html(.path, .d("M\(moved) 14v46"), .class("moved"))
        html(
          .svgText, .svg("x", String(moved)), .svg("y", "11"), .svg("text-anchor", moved > 460 ? "end" : "middle"),
          text: t("contact.moved"))
      }
      for week in 0..<52 { draw(week, &html) }
    }
    html(.p, .class("small soft"), text: said)
  }

  private func draw(_ week: Int, _ html: inout HTML) {
    let x = week * 10
    if reached[week] > 0 {
      let height = min(36, 8 + 6 * reached[week])
      html(
        .rect, .svg("x", String(x + 1)), .svg("y", String(60 - height)), .svg("width", "7"),
        .svg("height", String(height)), .svg("rx", "2"), .class("bar"))
    }
    if missed[week] > 0 {
      html(.circle, .svg("cx", String(x + 4)), .svg("cy", "19"), .svg("r", "3.5"), .class("miss"))
    }
  }

  /// A month where it begins; on a phone every third has room.
  private func mark(_ month: Month, isThird: Bool, _ t: Texts, _ html: inout HTML) {
    let x = place(month.first)
    guard x >= 0, x < 500 else { return }
    html(.path, .d("M\(x) 60v5"), .class("ground"))
    html(
      .svgText, .svg("x", String(x)), .svg("y", "79"), isThird ? nil : .class("wide-only"),
      text: t.shortMonth(month.first.month))
  }

  private var moved: Int? { movedOn.map(place).flatMap { $0 > 10 && $0 <= 520 ? $0 : nil } }

  private func place(_ day: LocalDate) -> Int { (364 - today.days(since: day)) * 10 / 7 }
}

extension Contact {
  /// Those of the last year, oldest first.
  static func year(of resident: ResidentID, _ reader: Reader) throws -> [Contact] {
    try reader.all(Contact.self, "where resident = \(resident) and at > \(reader.now.adding(.days(-364))) order by at")
  }
}
