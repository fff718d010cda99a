internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Meetings to come, and those that were.
struct MeetingsPage {
  private let meetings: [LearningMeeting]
  private let open: [ID<LearningMeeting>: Int]
  private let mayPlan: Bool

  init(_ looker: Looker) throws {
    meetings = try looker.reader.all(LearningMeeting.self, "where id is not null order by held_on desc, id")
    open = Dictionary(
      grouping: try looker.reader.all(MeetingAction.self, "where done_on is null and dropped_on is null"),
      by: \.meeting
    ).mapValues(\.count)
    mayPlan = Learning.edits(looker.viewer)
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("meetings.title"), width: .letter) { html in
      html.heading(t("meetings.title"), t("meetings.lead")) { html in
        if mayPlan { html.link(t("meetings.plan"), to: "/knowledge/meetings/new", class: "button main") }
      }
      if meetings.isEmpty { return html.empty(t("meetings.none")) }
      part("coming", meetings.filter { $0.heldOn >= visit.today }.reversed(), visit, &html)
      part("past", meetings.filter { $0.heldOn < visit.today }, visit, &html)
    }
  }

  private func part(_ key: String, _ meetings: [LearningMeeting], _ visit: Visit, _ html: inout HTML) {
    if meetings.isEmpty { return }
    let t = visit.texts
    html.card(t("meetings.\(key)"), class: "list") { html in
      html(.ul, .class("plain")) { html in
        for meeting in meetings {
          html(.li) { html in
            html.link(meeting.title, to: "/knowledge/meetings/\(meeting.id)")
            html(.p, .class("small soft"), text: Self.when(meeting, t))
            if meeting.cancelledOn != nil { html.tag(t("meeting.cancelled"), "mind") }
            if let count = open[meeting.id] { html.tag(t("meeting.openActions", count: count)) }
          }
        }
      }
    }
  }

  static func when(_ meeting: LearningMeeting, _ t: Texts) -> String {
    [t.date(meeting.heldOn), meeting.time.map { t("meeting.at", ["time": clock($0, t)]) }, meeting.place].compactMap {
      $0
    }
    .joined(separator: ", ")
  }

  /// 14.30 in Dutch, 14:30 in English.
  private static func clock(_ time: String, _ t: Texts) -> String {
    t.language == .dutch ? time.replacing(":", with: ".") : time
  }
}

/// One meeting: agenda, notes, and who does what by when.
struct MeetingPage {
  private let meeting: LearningMeeting
  private let actions: [(action: MeetingAction, owner: String)]
  private let people: [(account: Account, organisation: String)]
  private let base: KnowledgeBase
  private let viewer: Viewer
  private let faults: [Problem.Fault]

  init(_ looker: Looker, _ meeting: LearningMeeting, _ base: KnowledgeBase, faults: [Problem.Fault]) throws {
    self.meeting = meeting
    self.base = base
    viewer = looker.viewer
    self.faults = faults
    let agreed = try meeting.actions(looker.reader)
    let owners = try Account.names(of: agreed.map(\.owner), looker.reader)
    actions = agreed.map { ($0, owners[$0.owner] ?? "") }
    guard Learning.edits(viewer) else {
      people = []
      return
    }
    let names = try Organisation.names(looker.reader)
    let staff = Learning.readers.map(\.rawValue)
    people = try looker.reader.all(
      Account.self, "where disabled_at is null and resident is null and role in (\(list: staff))"
    ).filter(Learning.isStaff).map { ($0, $0.organisation.flatMap { names[$0] } ?? "") }
      .sorted { ($0.account.name, $0.account.id) < ($1.account.name, $1.account.id) }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(meeting.title, width: .letter) { html in
      html(.p, .class("small soft")) { html in html.link(t("meetings.title"), to: "/knowledge/meetings") }
      html.heading(meeting.title, MeetingsPage.when(meeting, t)) { html in
        if Learning.edits(viewer) {
          html.link(t("meeting.edit"), to: "/knowledge/meetings/\(meeting.id)/edit", class: "button")
        }
        html(.button, .class("button quiet no-print"), .type("button"), .data("data-print"), text: t("knowledge.print"))
      }
      if meeting.cancelledOn != nil { html(.p, .class("notice mind"), text: t("meeting.isCancelled")) }
      html.card(t("meeting.agenda")) { html in
        html(.ol, .class("paper")) { html in
          for point in meeting.agenda.split(whereSeparator: \.isNewline) { html(.li, text: String(point)) }
        }
        blocks(t, &html)
      }
      notes(t, &html)
      agreed(visit, &html)
    }
  }

  private func blocks(_ t: Texts, _ html: inout HTML) {
    let blocks = meeting.blocks.compactMap(base.library.unit)
    if blocks.isEmpty { return }
    html(.p, .class("small soft")) { html in
      html.text(t("meeting.about") + " ")
      for (place, block) in blocks.enumerated() {
        if place > 0 { html.text(", ") }
        html.link(block.text(t.language).title, to: "/knowledge/\(block.id)")
      }
    }
  }

  private func notes(_ t: Texts, _ html: inout HTML) {
    html.card(t("meeting.notes")) { html in
      guard let notes = meeting.notes else { return html.empty(t("meeting.noNotes")) }
      html(.p, .class("lines-kept"), text: notes)
      if Learning.edits(viewer) {
        html(.p, .class("no-print")) { html in
          html.link(
            t("quickscan.makeLesson"), to: "/knowledge/additions/new?meeting=\(meeting.id)", class: "button quiet")
        }
      }
    }
  }

  private func agreed(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html.card(t("meeting.actions")) { html in
      if actions.isEmpty { html(.p, .class("soft"), text: t("meeting.noActions")) }
      html(.ul, .class("plain stack")) { html in
        for (action, owner) in actions {
          html(.li) { html in ActionLine(action: action, owner: owner, viewer: viewer).write(visit, &html) }
        }
      }
      if Learning.edits(viewer) {
        html(.details, .class("no-print"), faults.isEmpty ? nil : .open) { html in
          html(.summary, text: t("meeting.agree"))
          visit.form(
            &html, to: "/knowledge/meetings/\(meeting.id)/actions", submit: t("meeting.agreeSubmit"),
            class: "stack tight", faults: faults,
            fields: [
              Field("words", t("meeting.action"), isRequired: true),
              Field(
                "owner", t("meeting.owner"),
                .choice(
                  [Field.Option("", t("form.choose"))]
                    + people.map { person in
                      let place = person.organisation.isEmpty ? "" : ", \(person.organisation)"
                      return Field.Option(person.account.id.description, person.account.name + place)
                    }), isRequired: true),
              Field("dueOn", t("meeting.due"), .date, isRequired: true),
            ])
        }
      }
    }
  }
}

/// One agreed action, with how it stands; its owner or an editor settles it.
struct ActionLine {
  let action: MeetingAction
  let owner: String
  let viewer: Viewer

  func write(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.p) { html in
      if action.doneOn != nil {
        html.state(.good, t("meeting.done"))
      } else if action.droppedOn != nil {
        html.tag(t("meeting.dropped"))
      } else {
        let isLate = action.dueOn < visit.today
        html.state(isLate ? .alarm : .mind, t(isLate ? "meeting.late" : "meeting.open"))
      }
      html.text(" " + action.words)
    }
    html(
      .p, .class("small soft"),
      text: t("meeting.whoWhen", ["who": owner, "date": t.date(action.dueOn)])
        + (action.doneOn.map { " · " + t("meeting.doneOn", ["date": t.date($0)]) } ?? ""))
    guard Learning.edits(viewer) || viewer.account == action.owner.retyped() else { return }
    html(.div, .class("row wrap no-print")) { html in
      let settlings: [(MeetingAction.Settling, String)] =
        action.isOpen ? [(.done, "meeting.markDone"), (.dropped, "meeting.drop")] : [(.open, "meeting.reopen")]
      for (settling, key) in settlings {
        visit.button(
          &html, to: "/knowledge/actions/\(action.id)", t(key), class: "button quiet",
          hidden: ["settling": settling.rawValue, "back": visit.path])
      }
    }
  }
}

struct MeetingForm {
  let meeting: LearningMeeting?
  let base: KnowledgeBase
  let faults: [Problem.Fault]

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let title = t(meeting == nil ? "meetings.plan" : "meeting.edit")
    let address = meeting.map { "/knowledge/meetings/\($0.id)/edit" } ?? "/knowledge/meetings/new"
    return visit.page(title, width: .letter) { html in
      html.heading(title)
      html.card(nil) { html in
        visit.form(
          &html, to: address, submit: t("form.save"), faults: faults, fields: fields(t), version: meeting?.version,
          draft: true)
      }
      if let meeting {
        let isBack = meeting.cancelledOn != nil
        html(.p) { html in
          visit.button(
            &html, to: "/knowledge/meetings/\(meeting.id)/\(isBack ? "revive" : "cancel")",
            t(isBack ? "meeting.revive" : "meeting.cancel"), class: "button quiet")
        }
      }
    }
  }

  private func fields(_ t: Texts) -> [Field] {
    var notes = Field(
      "notes", t("meeting.notes"), .report(rows: 10), hint: t("meeting.notesHint"), value: meeting?.notes)
    notes.limit = 20_000
    return [
      Field("title", t("meeting.title"), value: meeting?.title, isRequired: true),
      Field("heldOn", t("meeting.day"), .date, value: meeting?.heldOn.description, isRequired: true),
      Field("time", t("meeting.time"), .time, value: meeting?.time),
      Field("place", t("meeting.place"), value: meeting?.place),
      Field(
        "agenda", t("meeting.agenda"), .area(rows: 6), hint: t("meeting.agendaHint"), value: meeting?.agenda,
        isRequired: true),
      Field(
        "blocks", t("projects.column.blocks"),
        .checks(base.library.listed(.block, t.language).map { Field.Option($0.id, $0.text(t.language).title) }),
        value: meeting?.blocks.joined(separator: " ")),
    ] + (meeting == nil ? [] : [notes])
  }
}
