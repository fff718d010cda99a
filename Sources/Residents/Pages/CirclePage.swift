internal import Kernel
internal import Site
internal import Store
internal import Trust

/// Everyone around a resident: who is called first, who else carries, relatives, peers and neighbours.
struct CirclePage {
  static let informalRoles: [Role] = [.relative, .goodNeighbour, .peerWorker, .hostTenant]
  static let otherRoles: [Role] = [
    .clinician, .communityWorker, .jobCoach, .workCoach, .debtCounsellor, .budgetManager, .financialAdministrator,
    .policeOfficer, .generalPractitioner,
  ]

  private struct Entry {
    let name: String
    let role: Role
    let organisation: String?
    let phone: String?
    let words: String?
    let isFirst: Bool
    let until: Instant?
    let member: ID<CircleMember>?
  }

  private let head: FileHead
  private let entries: [Entry]
  private let former: [Entry]
  private let mayChange: Bool
  private let mayAssign: Bool
  private let colleagues: [Account]
  /// Workers of other employers in the same team: they can stand in.
  private let mates: [Account]
  /// What the resident would like of a worker, seen where one is chosen (BT, We All).
  private let wish: String?
  private let standIn: ID<Account>?
  private let access: AccessForm?
  private let faults: [Problem.Fault]

  init(_ looker: Looker, _ sight: Sight, faults: [Problem.Fault]) throws {
    self.faults = faults
    let reader = looker.reader
    head = try FileHead(looker, sight)
    let relations = try Relation.openOnes(of: sight.resident, reader).filter {
      $0.account != nil && $0.role != .resident
    }
    let all = try reader.all(CircleMember.self, "where resident = \(sight.resident) order by from_on, id")
    let members = all.filter { $0.untilOn == nil && sight.sees($0.id, .network) }
    former = all.filter { $0.untilOn != nil && sight.shows(.network) }
      .map {
        Entry(
          name: $0.name, role: $0.role, organisation: nil, phone: nil, words: nil, isFirst: false, until: nil,
          member: $0.id)
      }
    let accounts = try Account.names(relations.compactMap(\.account), reader)
    let organisations = try Organisation.names(
      relations.compactMap(\.organisation) + members.compactMap(\.organisation), reader)
    let known = Set(members.compactMap(\.account))
    let first = head.firstWorker
    let professionals = Relation.onePerPerson(relations).compactMap { relation -> Entry? in
      guard sight.shows(.network) || sight.shows(.journey), let id = relation.account, !known.contains(id),
        let account = accounts[id]
      else { return nil }
      return Entry(
        name: account.name, role: relation.role,
        organisation: relation.organisation.flatMap { organisations[$0]?.name },
        phone: nil, words: nil, isFirst: id == first, until: relation.untilAt, member: nil)
    }
    entries =
      (professionals
      + members.map { member in
        Entry(
          name: member.name, role: member.role, organisation: member.organisation.flatMap { organisations[$0]?.name },
          phone: member.phone, words: member.words, isFirst: false, until: nil, member: member.id)
      }).sorted { $0.isFirst && !$1.isFirst }
    mayChange = sight.allows(.write, .network)
    access =
      sight.allows(.write, .sharing)
      ? AccessForm(
        resident: sight.resident, residentName: head.name,
        members: members.filter { Self.informalRoles.contains($0.role) }) : nil
    mayAssign = sight.allows(.write, .journey) && !sight.isOwn
    standIn = try mayAssign ? head.journey.flatMap { try Accountability.now($0.id, reader)?.standIn } : nil
    let organisation: ID<Organisation>? = looker.viewer.organisation?.retyped()
    colleagues =
      mayAssign
      ? try reader.all(
        Account.self,
        "where organisation = \(organisation) and disabled_at is null and role in ('supportWorker', 'coordinator') limit 200"
      )
      : []
    wish =
      mayAssign && !colleagues.isEmpty
      ? sight.show(.support, try reader.find(Resident.self, sight.resident.retyped())?.wishForWorker) : nil
    let firstTeams = try mayAssign ? head.firstWorker.map { try TeamMembership.teams(of: $0, reader) } ?? [] : []
    let own = Set(colleagues.map(\.id))
    mates = try TeamMembership.mates(in: firstTeams, reader).filter {
      $0.role == .supportWorker && !own.contains($0.id)
    }
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .circle) { html in
      html.card(t("circle.title")) { html in
        html(.p, .class("soft"), text: t("circle.lead"))
        html(.ul, .class("people")) { html in
          for entry in entries { row(entry, visit, &html) }
        }
      }
      if mayChange { addForm(visit, &html) }
      if mayAssign && head.journey != nil { assignForm(visit, &html) }
      access?.show(visit, &html)
      if !former.isEmpty {
        html(.details, .class("card")) { html in
          html(.summary, text: t("circle.former", count: former.count))
          html(.ul, .class("lines")) { html in
            for entry in former { self.former(entry, visit, &html) }
          }
        }
      }
    }
  }

  private func row(_ entry: Entry, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.li) { html in
      html.face(entry.name)
      html(.div) { html in
        html(.p) { html in
          html(.b, text: entry.name)
          if entry.isFirst { html.tag(t("circle.first"), "teal") }
        }
        let role = t("role.\(entry.role.rawValue)")
        html(
          .p, .class("small soft"),
          text: [role, entry.organisation, entry.words].compactMap { $0 }.joined(separator: " · "))
        if let until = entry.until {
          html(
            .p, .class("small soft"), text: t("circle.until", ["date": t.date(RegionTime.amsterdam.date(of: until))]))
        }
      }
      if let phone = entry.phone {
        html(.a, .class("button"), .href("tel:\(dialled(phone))")) { html in
          html.text(t("circle.call"))
          html(.span, .class("visually-hidden"), text: " \(entry.name), \(phone)")
        }
      }
      if mayChange, let member = entry.member {
        visit.button(
          &html, to: "/residents/\(head.resident)/circle/\(member)/end", t("circle.end"), class: "button quiet")
      }
    }
  }

  /// Somebody of before; gone by mistake is back with one press.
  private func former(_ entry: Entry, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.li) { html in
      html(.span, text: "\(entry.name) · \(t("role.\(entry.role.rawValue)"))")
      if mayChange, let member = entry.member {
        visit.button(
          &html, to: "/residents/\(head.resident)/circle/\(member)/back", t("circle.back", ["name": entry.name]),
          class: "button quiet")
      }
    }
  }

  private func addForm(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.details, .class("card"), faults.isEmpty ? nil : .open) { html in
      html(.summary, text: t("circle.add"))
      visit.form(
        &html, to: "/residents/\(head.resident)/circle", submit: t("circle.addSubmit"), faults: faults,
        fields: [
          Field("name", t("circle.name"), isRequired: true),
          Field(
            "role", t("circle.role"),
            .choice(
              [Field.Option("", t("form.choose"))]
                + (Self.informalRoles + Self.otherRoles).map { Field.Option($0.rawValue, t("role.\($0.rawValue)")) }),
            isRequired: true),
          Field("phone", t("circle.phone"), .telephone),
          Field("words", t("circle.words"), hint: t("circle.wordsHint")),
          Field("email", t("circle.email"), .email, hint: t("circle.emailHint")),
        ])
    }
  }

  private func assignForm(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    guard !colleagues.isEmpty else { return }
    let options = colleagues.map { Field.Option($0.id.description, $0.name) }
    let others = mates.map { Field.Option($0.id.description, t("circle.mate", ["name": $0.name])) }
    html(.details, .class("card"), visit.isAgain("/residents/\(head.resident)/worker") ? .open : nil) { html in
      html(.summary, text: t("circle.assign"))
      html(.p, .class("soft small"), text: t("circle.assignLead"))
      if let wish { html(.p, .class("notice"), text: t("circle.wish", ["wish": wish])) }
      visit.form(
        &html, to: "/residents/\(head.resident)/worker", submit: t("form.save"), class: "stack tight",
        fields: [
          Field(
            "worker", t("circle.worker"), .choice([Field.Option("", t("form.choose"))] + options),
            value: head.firstWorker?.description, isRequired: true),
          Field(
            "standIn", t("circle.standIn"), .choice([Field.Option("", t("form.none"))] + options + others),
            value: standIn?.description),
        ])
    }
  }
}

extension ResidentSlice {
  var circleHost: Trail.Host {
    Trail.Host("circle", .network, itemwise: true) { visit, looker, sight in
      try CirclePage(looker, sight, faults: []).reply(visit)
    }
  }

  var circleRoutes: [Route] {
    trail.residentForm(
      "/residents/{resident}/circle", name: "circle", .network, .read, itemwise: true,
      show: { visit, looker, sight, faults in try CirclePage(looker, sight, faults: faults).reply(visit) },
      perform: { visit, transaction, sight in
        try sight.require(.write, .network)
        try addToCircle(visit, transaction, sight)
        let done = visit.form["email"] == nil ? "circle.added" : "circle.invited"
        return .go(to: "/residents/\(sight.resident)/circle?done=\(done)")
      }) + [
        trail.residentVerb(
          "/residents/{resident}/circle/{member}/end", name: "circle.leave", .network, .write
        ) { visit, transaction, sight in
          let member = try transaction.get(CircleMember.self, visit.id("member"))
          guard member.resident == sight.resident else { throw Problem.notFound }
          try member.leave(transaction)
          return .go(to: "/residents/\(sight.resident)/circle?done=circle.ended")
        },
        trail.residentVerb(
          "/residents/{resident}/circle/{member}/back", name: "circle.comeBack", .network, .write
        ) { visit, transaction, sight in
          let member = try transaction.get(CircleMember.self, visit.id("member"))
          guard member.resident == sight.resident else { throw Problem.notFound }
          try member.comeBack(transaction)
          return .go(to: "/residents/\(sight.resident)/circle?done=circle.cameBack")
        },
        trail.residentVerb("/residents/{resident}/worker", name: "first.worker", .journey, .write, on: circleHost) {
          visit, transaction, sight in
          let journey = try Journey.needed(of: sight.resident, transaction)
          var form = FormReader(visit.form)
          let chosen: ID<Account>? = form.id("worker")
          let standIn: ID<Account>? = form.maybeID("standIn")
          if standIn != nil && standIn == chosen { form.add("standIn", "circle.standInIsWorker") }
          try form.check()
          guard let worker = chosen else { throw Problem(.invalid) }
          let own: ID<Organisation>? = sight.viewer.organisation?.retyped()
          let mates = try TeamMembership.mates(in: TeamMembership.teams(of: worker, transaction), transaction)
          guard try transaction.get(Account.self, worker).organisation == own else { throw Problem.notFound }
          if let standIn, !mates.contains(where: { $0.id == standIn }) {
            guard try transaction.get(Account.self, standIn).organisation == own else { throw Problem.notFound }
          }
          guard try Accountability.now(journey.id, transaction)?.organisation == own else {
            throw Problem.refused("first.notYours")
          }
          try Accountability.changeWorker(journey, to: worker, standIn: standIn, transaction)
          return .go(to: "/residents/\(sight.resident)/circle?done=first.changed")
        },
      ]
  }

  private func addToCircle(_ visit: Visit, _ transaction: Transaction, _ sight: Sight) throws {
    var form = FormReader(visit.form)
    let name = form.text("name", atMost: 200)
    let chosen: Role? = form.choice("role", among: CirclePage.informalRoles + CirclePage.otherRoles)
    let email = form.maybe("email", atMost: 200)
    if let email, !FormReader.isAddress(email) { form.add("email", "form.notAnAddress") }
    let phone = form.maybe("phone", atMost: 40)
    if let phone, dialled(phone).count < 3 { form.add("phone", "form.notAPhone") }
    let words = form.maybe("words", atMost: 400)
    try form.check()
    guard let role = chosen else { throw Problem(.invalid) }
    try CircleMember.add(
      name: name, role: role, phone: phone, words: words, invited: email, sight.resident,
      transaction)
  }
}
