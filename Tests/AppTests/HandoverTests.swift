internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Residents
@testable import Trust

/// A handover starts from what the file knows, shows what was put in as it is shared now, and its whole life is there to
/// see.
@Suite struct HandoverTests {
  private struct Offered {
    let file: MarkedFile
    let receiver: ID<Account>
    let organisation: ID<Organisation>
    var page: String { "/residents/\(file.resident)/handovers" }
  }

  private static func make() async throws -> Offered {
    let file = try await MarkedFile()
    let (receiver, organisation) = try await file.house.act { transaction in
      let organisation = try transaction.put(
        Organisation(id: transaction.freshID(), name: "Nieuwe Kans", kind: .careProvider)
      ).id
      return (
        try transaction.put(
          Account(
            id: transaction.freshID(), name: "Ontvanger", email: nil, organisation: organisation,
            role: .supportWorker)
        ).id, organisation
      )
    }
    return Offered(file: file, receiver: receiver, organisation: organisation)
  }

  @discardableResult
  private static func offer(_ made: Offered, _ fields: [String: String] = [:]) async throws -> Handover {
    let sender = try await made.file.house.browser(of: made.file.worker)
    let form = ["toWorker": "\(made.receiver)", "agreements": "elke week", "organisation": "\(made.organisation)"]
    let sent = await sender.post(
      made.page + "/new", form.merging(fields) { $1 }, from: made.page + "/new?organisation=\(made.organisation)")
    #expect(sent.status == 303)
    let receiver = made.receiver
    return try await made.file.house.read {
      try #require(try $0.first(Handover.self, "where to_worker = \(receiver) order by offered_at desc"))
    }
  }

  @Test func theFormHoldsOnlyWhatWasPutInOnPurpose() async throws {
    let made = try await Self.make()
    let sender = try await made.file.house.browser(of: made.file.worker)
    let choosing = await sender.get(made.page + "/new").text
    #expect(choosing.contains("kenmerkgeld") && choosing.contains("Kenmerkbuur") && choosing.contains("kenmerkdag"))
    #expect(choosing.contains("kenmerkzorg"))
    // Nobody and nothing is chosen beforehand.
    #expect(!choosing.contains(" checked") && !choosing.contains(" selected"))
    let path = made.page + "/new?organisation=\(made.organisation)"
    let empty = await sender.get(path).text
    #expect(!empty.contains("kenmerkgeld") && !empty.contains("Kenmerkbuur"))
    let some = await sender.get(path + "&take=finances").text
    #expect(some.contains("kenmerkgeld") && !some.contains("Kenmerkbuur"))
  }

  /// What the writer may not see is not offered to them, and nothing is said about it.
  @Test func nothingIsSuggestedThatTheWriterMayNotSee() async throws {
    let made = try await Self.make()
    let own = try await made.file.house.browser(of: made.file.somebody(.resident))
    let sharing = "/residents/\(made.file.resident)/sharing"
    for category in ["money", "network", "warning"] {
      await own.post(
        sharing, ["account": "\(made.file.worker)", "category": category, "choice": "hide"], from: sharing)
    }
    let sender = try await made.file.house.browser(of: made.file.worker)
    let page = await sender.get(made.page + "/new").text
    #expect(page.contains("kenmerkdag"))
    #expect(!page.contains("kenmerkgeld") && !page.contains("Kenmerkbuur") && !page.contains("minder"))
    #expect(!page.contains("Er staat nog niemand dichtbij") && !page.contains("Het geld is nog niet op orde"))
    let taken = await sender.get(made.page + "/new?organisation=\(made.organisation)&take=network&take=finances").text
    #expect(!taken.contains("kenmerkgeld") && !taken.contains("Kenmerkbuur"))
  }

  @Test func whatIsMissingLeadsToWhereItIsFilledIn() async throws {
    let made = try await Self.make()
    let sender = try await made.file.house.browser(of: made.file.worker)
    let page = await sender.get(made.page + "/new").text
    #expect(page.contains("De hulp in het huis is nog niet afgesproken"))
    #expect(page.contains("/residents/\(made.file.resident)/agreement"))
    #expect(page.contains("Schulden zijn nog niet geregeld") && page.contains("/residents/\(made.file.resident)/facts"))
    #expect(!page.contains("Er is nog niets om de dag mee te vullen"))
    let wrong = await sender.post(
      made.page + "/new",
      [
        "toWorker": "\(made.receiver)", "agreements": "x", "talkOn": "31-02-2026",
        "organisation": "\(made.organisation)",
      ],
      from: made.page + "/new")
    #expect(wrong.status == 422 && wrong.text.contains("field-talkOn-fault"))
  }

  /// Once accepted, each part follows the choice of now, on the page and by program.
  @Test func eachPartIsSharedAsItIsNow() async throws {
    let made = try await Self.make()
    let house = made.file.house
    let handover = try await Self.offer(made, ["finances": "schuld van 300", "network": "zus Els"])
    let receiver = try await house.browser(of: made.receiver)
    let program = try await Program(house, as: made.receiver)
    #expect(await receiver.get("/handovers").text.contains("schuld van 300"))
    let answer = made.page + "/\(handover.id)"
    #expect(await receiver.post(answer, ["verdict": "accept"], from: "/handovers").status == 303)
    #expect(await receiver.get(made.page).text.contains("schuld van 300"))
    let own = try await house.browser(of: made.file.somebody(.resident))
    let sharing = "/residents/\(made.file.resident)/sharing"
    for category in ["money", "network"] {
      await own.post(sharing, ["account": "\(made.receiver)", "category": category, "choice": "hide"], from: sharing)
    }
    for text in [
      await receiver.get(made.page).text, await receiver.get("/handovers").text,
      await program.get(made.page).json.text,
    ] { #expect(!text.contains("schuld van 300") && !text.contains("zus Els") && text.contains("elke week")) }
  }

  @Test func itsWholeLifeIsThere() async throws {
    let made = try await Self.make()
    let house = made.file.house
    let sender = try await house.browser(of: made.file.worker)
    let receiver = try await house.browser(of: made.receiver)
    let handover = try await Self.offer(made)
    #expect(await !sender.get(made.page).text.contains(">Gezien"))
    house.clock.advance(.minutes(10))
    // The answer is one press from the top of the page that Vandaag leads to, and waits at its top.
    let today = await receiver.get("/today").text
    let link = try #require(today.range(of: "/handovers#handover-\(handover.id)"))
    #expect(link.lowerBound < (try #require(today.range(of: "class=\"card list\""))).lowerBound)
    let mine = await receiver.get("/handovers").text
    let button = try #require(mine.range(of: "value=\"accept\""))
    #expect(button.lowerBound < (try #require(mine.range(of: "<dl>"))).lowerBound)
    house.clock.advance(.minutes(10))
    #expect(await sender.get(made.page).text.contains("Gezien · Ontvanger"))
    let ask = made.page + "/\(handover.id)/questions"
    #expect(await receiver.post(ask, ["words": ""], from: made.page).status == 422)
    #expect(await receiver.post(ask, ["words": "wie heeft de sleutel?"], from: made.page).status == 303)
    #expect(await sender.post(ask, ["words": "ik niet"], from: made.page).status == 404)
    #expect(await sender.get("/today").text.contains("Beantwoord de vraag"))
    let question = try await house.read { try #require(try $0.first(HandoverQuestion.self, "")) }
    #expect(await receiver.post(ask + "/\(question.id)", ["words": "x"], from: made.page).status == 404)
    #expect(await sender.post(ask + "/\(question.id)", ["words": "de buurman"], from: made.page).status == 303)
    #expect(await !sender.get("/today").text.contains("Beantwoord de vraag"))
    #expect(await receiver.get("/handovers").text.contains("de buurman"))
    #expect(await receiver.post(made.page + "/\(handover.id)", ["verdict": "no"], from: made.page).status == 422)
    let refused = await receiver.post(made.page + "/\(handover.id)", ["verdict": "refuse"], from: made.page)
    #expect(refused.status == 422 && refused.text.contains("-answer-fault"))
    let no = ["verdict": "refuse", "answer": "geen plek"]
    #expect(await receiver.post(made.page + "/\(handover.id)", no, from: made.page).status == 303)
    #expect(await sender.get(made.page).text.contains("Afgewezen · Ontvanger"))
  }

  @Test func whatExpiredWaitsForNobody() async throws {
    let made = try await Self.make()
    let handover = try await Self.offer(made)
    let sender = try await made.file.house.browser(of: made.file.worker)
    #expect(await sender.get("/handovers").text.contains("Ik wacht op antwoord"))
    try await made.file.house.act { try $0.get(Handover.self, handover.id).expire($0) }
    let page = await sender.get("/handovers").text
    #expect(!page.contains("Ik wacht op antwoord") && page.contains("Afgelopen maand"))
    #expect(page.contains("Verlopen zonder antwoord"))
    #expect(try await !made.file.house.browser(of: made.receiver).get("/today").text.contains("#handover-"))
  }

  /// A colleague who is nothing to this resident asks nothing and answers nothing.
  @Test func nobodyElseAsksOrAnswers() async throws {
    let made = try await Self.make()
    let handover = try await Self.offer(made)
    let stranger = try await made.file.somebody(.supportWorker, isRelated: false)
    let relative = try await made.file.somebody(.relative)
    for person in [stranger, relative] {
      let browser = try await made.file.house.browser(of: person)
      let program = try await Program(made.file.house, as: person)
      let place = made.page + "/\(handover.id)"
      #expect(await browser.post(place + "/questions", ["words": "x"]).status == 404)
      #expect(await browser.post(place, ["verdict": "accept"]).status == 404)
      #expect(await program.call("POST", place + "/questions", #"{"words": "x"}"#).status == 404)
    }
    #expect(try await made.file.house.read { try $0.count("select count(*) from handover_question") } == 0)
  }
}
