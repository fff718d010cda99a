internal import Kernel
internal import Site
internal import Store
internal import Trust

struct RegisterPage {
  let faults: [Problem.Fault]

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("register.title"), width: .letter) { html in
      html.heading(t("register.title"), t("register.lead"))
      html.card(nil) { html in
        visit.form(
          &html, to: "/residents/new", submit: t("register.submit"), faults: faults,
          fields: [
            Field("firstName", t("register.firstName"), isRequired: true),
            Field("lastName", t("register.lastName"), hint: t("register.lastNameHint"), isRequired: true),
            Field("birthDate", t("register.birthDate"), .date, isRequired: true),
            Field("bsn", t("register.bsn"), hint: t("register.bsnHint")),
            Field(
              "municipality", t("register.municipality"),
              .choice([Field.Option("", t("form.choose"))] + Municipality.all.map { Field.Option($0.code, $0.name) }),
              isRequired: true),
            Field("phone", t("circle.phone"), .telephone),
            Field("address", t("register.address"), hint: t("register.addressHint")),
            Field(
              "kind", t("register.kind"),
              .radio(
                Journey.Kind.allCases.map {
                  Field.Option(
                    $0.rawValue, t("journey.kind.\($0.rawValue)"), hint: t("journey.kindHint.\($0.rawValue)"))
                }), value: "move"),
            Field("homeFirst", t("register.homeFirst"), .check, hint: t("register.homeFirstHint")),
            Field("outreach", t("register.outreach"), .check, hint: t("register.outreachHint")),
            Field("wish", t("register.wish"), hint: t("register.wishHint")),
          ], draft: true)
      }
    }
  }
}

extension ResidentSlice {
  var registerRoutes: [Route] {
    trail.form(
      "/residents/new", name: "resident.register", policy: .roles([.coordinator, .supportWorker, .teamLeader]),
      show: { visit, _, faults in
        guard Self.mayRegister(visit) else { throw Problem.notFound }
        return RegisterPage(faults: faults).reply(visit)
      },
      perform: { visit, transaction, looker in
        guard Self.mayRegister(visit) else { throw Problem.notFound }
        let registration = try Registration(visit.form, visit.today)
        let made = try Resident.register(
          registration, by: looker.viewer.account.retyped(), role: looker.viewer.role, transaction)
        // Whoever registers for another municipality may not see the file; the answer is the same page for all.
        let sight = try looker.sights(of: [made.resident.key])[made.resident.key]
        return .go(to: sight == nil ? "/?done=register.done" : "/residents/\(made.resident.key)?done=register.done")
      })
  }

  static func mayRegister(_ visit: Visit) -> Bool {
    visit.viewer.map { $0.role == .coordinator || $0.mayRegister } ?? false
  }
}

extension Registration {
  /// Reads the form; whether what it says can be is for `Resident.register`.
  fileprivate init(_ fields: Fields, _ today: LocalDate) throws {
    var form = FormReader(fields)
    let isOutreach = fields.isOn("outreach")
    let first = form.text("firstName", atMost: 200)
    let last = isOutreach ? form.maybe("lastName", atMost: 200) ?? "" : form.text("lastName", atMost: 200)
    let days = today.adding(months: -120 * 12)...today
    let birth = isOutreach ? form.date("birthDate", in: days) : form.neededDate("birthDate", in: days)
    let number = form.maybe("bsn", atMost: 40)
    if let number, BSN.normalised(number) == nil { form.add("bsn", "register.bsnWrong") }
    let phone = form.maybe("phone", atMost: 40)
    if let phone, dialled(phone).count < 3 { form.add("phone", "form.notAPhone") }
    let municipality = form.text("municipality", atMost: 10, missing: "form.chooseThis")
    let kind: Journey.Kind? = form.choice("kind")
    let address = form.maybe("address", atMost: 400)
    let wish = form.maybe("wish", atMost: 400)
    try form.check()
    guard let kind else { throw Problem(.invalid) }
    self.init(
      firstName: first, lastName: last, birthDate: birth, bsn: number, phone: phone, address: address,
      municipality: municipality, wishForWorker: wish, kind: kind, isHomeFirst: fields.isOn("homeFirst"),
      isOutreach: isOutreach)
  }
}
