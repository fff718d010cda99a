internal import Kernel
internal import Site
internal import Store
internal import Trust

/// *Gegevens*: name, birth date, number, address, telephone and the wish for a worker, with what stood there before.
struct DetailsPage {
  private let head: FileHead
  private let person: Resident
  private let mayWriteIdentity: Bool
  private let mayWriteContact: Bool
  private let seesContact: Bool
  private let seesWish: Bool
  private let mayWriteWish: Bool
  private let seesNumber: Bool
  private let earlier: [Earlier]

  /// What one change put in the place of something else.
  private struct Earlier {
    let field: String
    let value: String
    let until: Instant
    let by: String
  }

  init(_ looker: Looker, _ sight: Sight, _ t: Texts) throws {
    guard !sight.seesFirstNameOnly, sight.shows(.identity) else { throw Problem.notFound }
    head = try FileHead(looker, sight)
    person = try looker.reader.get(Resident.self, sight.resident.retyped())
    mayWriteIdentity = sight.allows(.write, .identity)
    mayWriteContact = sight.allows(.write, .contact)
    mayWriteWish = Self.mayWriteWish(sight)
    seesContact = sight.shows(.contact)
    seesWish = sight.show(.support, person.wishForWorker) != nil || mayWriteWish
    seesNumber = mayWriteIdentity || sight.isOwn
    earlier = try Self.earlier(sight, looker.reader, t)
  }

  /// The wish is the resident's own, and who arranges the support writes it down.
  static func mayWriteWish(_ sight: Sight) -> Bool {
    sight.isOwn || sight.allows(.write, .support) && sight.allows(.write, .journey)
  }

  private static func earlier(_ sight: Sight, _ reader: Reader, _ t: Texts) throws -> [Earlier] {
    let versions = try reader.versions(of: Resident.self, sight.resident.retyped(), about: sight.resident)
    let names = try Account.names(versions.compactMap { $0.account?.retyped() }, reader)
    var earlier: [Earlier] = []
    for (before, after) in zip(versions, versions.dropFirst()) {
      let by = after.account.flatMap { names[$0.retyped()]?.name } ?? ""
      func note(_ field: String, _ category: Category, _ old: String?, _ new: String?) {
        guard let old, old != new, sight.shows(category) else { return }
        earlier.append(Earlier(field: field, value: old, until: after.at, by: by))
      }
      let (old, new) = (before.record, after.record)
      note("name", .identity, old.fullName, new.fullName)
      note("birthDate", .identity, old.birthDate.map(t.date), new.birthDate.map(t.date))
      if old.bsn != nil && old.bsn != new.bsn { note("bsn", .identity, old.bsn.map(ending), new.bsn) }
      note("phone", .contact, old.phone, new.phone)
      note("email", .contact, old.email, new.email)
      note("address", .contact, old.address, new.address)
      note("wish", .support, old.wishForWorker, new.wishForWorker)
    }
    return earlier.reversed()
  }

  /// A citizen service number is never shown whole.
  private static func ending(_ number: String) -> String { "•••••• \(number.suffix(3))" }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return head.page(visit, .overview, title: t("details.title")) { html in
      html.card(t("details.title")) { html in
        let fields = fields(visit)
        if fields.isEmpty {
          shown(t, &html)
        } else {
          html(.p, .class("soft"), text: t(head.isOwn ? "details.leadOwn" : "details.lead"))
          visit.form(
            &html, to: "/residents/\(head.resident)/details", submit: t("form.save"), fields: fields,
            version: person.version)
        }
      }
      if !earlier.isEmpty { html.card(t("details.earlier")) { html in history(t, &html) } }
      html(.p) { html in html.link(t("file.back"), to: head.path(.overview)) }
    }
  }

  private func fields(_ visit: Visit) -> [Field] {
    let t = visit.texts
    var fields: [Field] = []
    if mayWriteIdentity {
      let number = person.bsn.map { t("details.bsnStored", ["ending": String($0.suffix(3))]) }
      fields += [
        Field("firstName", t("register.firstName"), value: person.firstName, isRequired: true),
        Field("lastName", t("register.lastName"), value: person.lastName),
        Field("birthDate", t("register.birthDate"), .date, value: person.birthDate?.description),
        Field("bsn", t("register.bsn"), hint: number ?? t("register.bsnHint")),
      ]
    }
    if mayWriteContact {
      fields += [
        Field("phone", t("circle.phone"), .telephone, value: person.phone),
        Field("email", t("details.email"), .email, value: person.email),
        Field("address", t("register.address"), hint: t("register.addressHint"), value: person.address),
      ]
    }
    if mayWriteWish {
      fields.append(Field("wish", t("register.wish"), hint: t("register.wishHint"), value: person.wishForWorker))
    }
    return fields
  }

  private func shown(_ t: Texts, _ html: inout HTML) {
    var lines = [(t("details.name"), person.fullName)]
    if let birth = person.birthDate { lines.append((t("register.birthDate"), t.date(birth))) }
    if seesNumber, let number = person.bsn { lines.append((t("register.bsn"), Self.ending(number))) }
    if seesContact {
      for (key, value) in [
        ("circle.phone", person.phone), ("details.email", person.email), ("register.address", person.address),
      ] {
        if let value { lines.append((t(key), value)) }
      }
    }
    if seesWish, let wish = person.wishForWorker { lines.append((t("register.wish"), wish)) }
    html(.dl, .class("details")) { html in
      for (label, value) in lines {
        html(.dt, text: label)
        html(.dd, text: value)
      }
    }
  }

  private func history(_ t: Texts, _ html: inout HTML) {
    html(.ul, .class("lines")) { html in
      for line in earlier {
        html(.li) { html in
          html(.div) { html in
            html(.p, text: "\(t("details.field.\(line.field)")): \(line.value)")
            html(
              .p, .class("small soft"),
              text: t("details.until", ["date": t.moment(line.until), "name": line.by]))
          }
        }
      }
    }
  }
}

extension ResidentSlice {
  var detailsRoutes: [Route] {
    trail.residentForm(
      "/residents/{resident}/details", name: "resident.correct", .identity, .read,
      show: { visit, looker, sight, _ in try DetailsPage(looker, sight, visit.texts).reply(visit) },
      perform: { visit, transaction, sight in
        let stored = try transaction.get(Resident.self, sight.resident.retyped())
        let details = try Details(visit.form, sight, stored, visit.today, transaction)
        try visit.mustHaveSeen(stored.version, in: Resident.table.name, stored.id.description)
        try Resident.correct(details, of: sight.resident, transaction)
        return .go(to: "/residents/\(sight.resident)/details?done=details.saved")
      })
  }
}

extension Details {
  /// Reads what may be changed by this viewer; whoever may change nothing has no such page.
  init(
    _ form: Fields, _ sight: Sight, _ stored: Resident, _ today: LocalDate, _ reader: Reader
  ) throws {
    var form = FormReader(form)
    self.init()
    let isFinding = try Journey.open(of: sight.resident, reader)?.phase == .outreach
    if sight.allows(.write, .identity) {
      // Whoever is only being got to know may have no surname or birth date yet; nobody loses one that was known.
      let born = today.adding(months: -120 * 12)...today
      let isBornKnown = !isFinding || stored.birthDate != nil
      let birth = isBornKnown ? form.neededDate("birthDate", in: born) : form.date("birthDate", in: born)
      let isNamed = !isFinding || !stored.lastName.isEmpty
      let last = isNamed ? form.text("lastName", atMost: 200) : form.maybe("lastName", atMost: 200) ?? ""
      let typed = form.maybe("bsn", atMost: 20)
      let number = typed.flatMap(BSN.normalised)
      if typed != nil && number == nil { form.add("bsn", "register.bsnWrong") }
      identity = Identity(
        firstName: form.text("firstName", atMost: 200), lastName: last, birthDate: birth, bsn: number)
    }
    if sight.allows(.write, .contact) {
      let email = form.maybe("email", atMost: 200)
      if let email, !FormReader.isAddress(email) { form.add("email", "form.notAnAddress") }
      let phone = form.maybe("phone", atMost: 40)
      if let phone, dialled(phone).count < 3 { form.add("phone", "form.notAPhone") }
      contact = Contact(phone: phone, email: email, address: form.maybe("address", atMost: 400))
    }
    if DetailsPage.mayWriteWish(sight) {
      wishForWorker = .some(form.maybe("wish", atMost: 400))
    }
    guard identity != nil || contact != nil || wishForWorker != nil else { throw Problem.notFound }
    try form.check()
  }
}
