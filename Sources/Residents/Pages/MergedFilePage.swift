internal import Kernel
internal import Site
internal import Store
internal import Trust

/// A second registration of the same person, as it was: nothing is written in it any more.
struct MergedFilePage {
  private let head: FileHead
  private let file: MergedFile
  private let people: [ID<Account>: Account]
  private let organisations: [ID<Organisation>: Organisation]

  init(_ visit: Visit, _ looker: Looker, _ sight: Sight) throws {
    head = try FileHead(looker, sight)
    file = try MergedFile(visit.id("other"), of: looker, sight)
    people = try Account.names(
      file.contacts.map(\.by) + file.events.compactMap(\.by) + file.periods.map(\.worker)
        + file.signals.compactMap(\.settledBy), looker.reader)
    organisations = try Organisation.names(file.periods.map(\.organisation), looker.reader)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .overview, title: t("merged.title")) { html in
      html.card(t("merged.title")) { html in
        let since = file.since.map { t.date(RegionTime.amsterdam.date(of: $0)) } ?? ""
        html(.p, .class("soft"), text: t("merged.lead", ["date": since]))
        let details = [file.name, file.birthDate.map(t.date), file.phone, file.address].compactMap { $0 }
        html(.p, text: details.joined(separator: " · "))
      }
      list(t("contact.title"), file.contacts, &html) { contact, html in
        html(.p, text: contact.words ?? t("channel.\(contact.channel.rawValue)"))
        small([t("channel.\(contact.channel.rawValue)"), t.moment(contact.at), name(contact.by)], &html)
      }
      plan(visit, &html)
      list(t("circle.title"), file.members, &html) { member, html in
        html(.p, text: member.name)
        small([t("role.\(member.role.rawValue)"), member.phone, member.words, member.untilOn.map(t.date)], &html)
      }
      list(t("fact.title"), file.facts, &html) { fact, html in
        html(.p, text: t("fact.kind.\(fact.kind.rawValue)"))
        small([t("fact.standing.\(fact.standing.rawValue)"), fact.words, t.date(fact.sinceOn)], &html)
      }
      warningPlan(t, &html)
      list(t("merged.signals"), file.signals, &html) { signal, html in
        html(.p, text: t("signal.kind.\(signal.kind.rawValue)"))
        if file.seesSignalText, let words = signal.words { html(.blockquote, text: words) }
        small([t.moment(signal.raisedAt), file.seesSignalText ? signal.done : nil, name(signal.settledBy)], &html)
      }
      list(t("journey.whoWasFirst"), file.periods, &html) { period, html in
        html(
          .p,
          text: [organisations[period.organisation]?.name, name(period.worker)].compactMap { $0 }.joined(
            separator: " · "))
        small([t.moment(period.fromAt), period.untilAt.map(t.moment)], &html)
      }
      list(t("journey.happened"), file.events, &html) { event, html in
        html(.p, text: JourneyPage.told(event, t))
        if let words = event.words { html(.blockquote, text: words) }
        small([t.moment(event.at), name(event.by)], &html)
      }
      for handover in file.handovers { handover.show(visit, &html) }
    }
  }

  private func name(_ account: ID<Account>?) -> String? { account.flatMap { people[$0]?.name } }

  private func small(_ facts: [String?], _ html: inout HTML) {
    html(.p, .class("small soft"), text: facts.compactMap { $0 }.joined(separator: " · "))
  }

  private func list<Item>(
    _ title: String, _ items: [Item], _ html: inout HTML, _ show: (Item, inout HTML) -> Void
  ) {
    guard !items.isEmpty else { return }
    html.card(title) { html in
      html(.ul, .class("lines")) { html in
        for item in items { html(.li) { html in html(.div) { html in show(item, &html) } } }
      }
    }
  }

  private func plan(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    list(t("file.tab.plan"), file.goals, &html) { one, html in
      html(.p) { html in html(.b, text: one.goal.words) }
      small(
        [t("domain.\(one.goal.domain.rawValue)"), one.goal.reachedOn.map { t("goal.reached", ["date": t.date($0)]) }],
        &html)
      for step in one.steps {
        small(
          [step.words, step.doneOn.map { t("step.doneOn", ["date": t.date($0)]) } ?? step.dueOn.map(t.date)], &html)
      }
    }
    list(t("checkIn.title"), file.checkIns, &html) { checkIn, html in
      html(.p, text: t("checkIn.score.\(checkIn.score)"))
      small([checkIn.sentence, t.moment(checkIn.at)], &html)
    }
    if let story = file.story {
      html.card(t("story.title")) { html in
        for line in story.words.split(separator: "\n") { html(.p, text: String(line)) }
      }
    }
  }

  private func warningPlan(_ t: Texts, _ html: inout HTML) {
    guard let plan = file.warning else { return }
    html.card(t("home.warning")) { html in
      for words in [
        plan.protects, plan.goodSigns, plan.amberSigns, plan.amberMe, plan.amberOthers, plan.amberWorker,
        plan.redSigns, plan.redMe, plan.redOthers, plan.redWorker, plan.contacts,
      ].compactMap({ $0 }) { html(.p, .class("lines-kept"), text: words) }
    }
  }
}
