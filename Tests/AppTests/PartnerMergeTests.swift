internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// Two accounts of one person, or two organisations, go on as one: with a second person, and with no more sight than
/// there was.
@Suite struct PartnerMergeTests {
  private struct Region {
    let file: MarkedFile
    let admin: ID<Account>
    let second: ID<Account>
    /// The same person as the worker, listed again.
    let double: ID<Account>

    init() async throws {
      file = try await MarkedFile()
      admin = try await AdministrationTests.staff(file.house, .systemAdministrator, nil, "een@example.nl")
      second = try await AdministrationTests.staff(file.house, .systemAdministrator, nil, "twee@example.nl")
      double = try await AdministrationTests.staff(
        file.house, .supportWorker, file.organisation, "dubbel@example.nl")
    }

    var house: TestHouse { file.house }

    /// Asks on the page, and lets the second person agree.
    func merge(_ path: String, into other: String) async throws -> (asked: Outgoing, agreed: Outgoing?) {
      house.clock.advance(.minutes(1))
      let asked = await (try house.browser(of: admin)).post(path + "/merge", ["into": other], from: path)
      guard asked.status == 303, let approval = try await house.read({ try Approval.waiting($0).last }) else {
        return (asked, nil)
      }
      let agreed = await (try house.browser(of: second)).post(
        "/approvals/\(approval.id)", ["decision": "agreed"], from: "/approvals")
      return (asked, agreed)
    }
  }

  @Test func whatOneAccountCarriedTheOtherDoes() async throws {
    let region = try await Region()
    let (house, file) = (region.house, region.file)
    let team = try await house.act { transaction in
      let team = try transaction.put(Team(id: transaction.freshID(), name: "Team")).id
      try TeamMembership.join(team, file.worker, transaction)
      try Consent.choose(
        .hide, file.resident, about: .account(file.worker), category: .money, by: file.worker, transaction)
      return team
    }
    let path = "/admin/people/\(file.worker)"
    let admin = try await house.browser(of: region.admin)
    let preview = await admin.get(path + "/merge?into=\(region.double)").text
    #expect(preview.contains("De band met 1 bewoner gaat mee") && preview.contains("1 team gaat mee"))
    // Nothing moved by looking, nor by asking.
    let double = try await house.browser(of: region.double)
    #expect(await double.get("/residents/\(file.resident)").status == 404)
    let (asked, agreed) = try await region.merge(path, into: "\(region.double)")
    #expect(asked.header("location")?.contains("approval.asked") == true && agreed?.status == 303)
    // One signs in anew, sees what the other saw, and no more.
    #expect(await double.get("/account").status == 303)
    let merged = try await house.browser(of: region.double)
    let shown = await merged.get("/residents/\(file.resident)")
    #expect(shown.status == 200 && shown.text.contains("Kenmerknaam"))
    #expect(await !merged.get("/residents/\(file.resident)/facts").text.contains("kenmerkgeld"))
    #expect(await merged.get("/account").text.contains("een ander account van jou is hierbij gevoegd"))
    let (old, relations, first, teams, owners) = try await house.read { reader in
      (
        try reader.get(Account.self, file.worker), try Relation.openOnes(of: file.worker, reader),
        try reader.rows("select worker from accountability where until_at is null").map { $0.id("worker") }
          as [ID<Account>?],
        try TeamMembership.teams(of: region.double, reader),
        try reader.rows("select owner from signal where settled_at is null").map { $0.id("owner") } as [ID<Account>?]
      )
    }
    #expect(old.disabledAt != nil && old.mergedInto == region.double && relations.isEmpty)
    #expect(first == [region.double] && teams == [team] && !owners.contains(file.worker))
    // The old one leads to the new, and is merged once.
    #expect(await admin.get(path).header("location") == "/admin/people/\(region.double)")
    let again = await admin.post(path + "/merge", ["into": "\(region.second)"], from: "/admin/people")
    #expect(again.status == 422)
  }

  /// Who may not be it does not become it by a merge: an adviser sees nobody, whoever they were.
  @Test func aMergeGivesNobodyWhatTheyMayNotBe() async throws {
    let region = try await Region()
    let (house, file) = (region.house, region.file)
    let (adviser, peer) = try await house.act { transaction in
      func make(_ role: Role, _ name: String) throws -> ID<Account> {
        try transaction.put(
          Account(id: transaction.freshID(), name: name, email: nil, organisation: file.organisation, role: role)
        ).id
      }
      let peer = try make(.peerWorker, "Ervaren")
      try Relation.open(file.resident, for: .person(peer), role: .peerWorker, ground: .consent, transaction)
      return (try make(.policyAdviser, "Adviseur"), peer)
    }
    // Being first can't go to an adviser: nothing happens at all.
    let first = try await region.merge("/admin/people/\(file.worker)", into: "\(adviser)")
    #expect(first.asked.status == 303 && first.agreed?.status == 409)
    #expect(try await house.read { try $0.get(Account.self, file.worker) }.disabledAt == nil)
    // Another relation ends, and does not come back with another holder.
    let second = try await region.merge("/admin/people/\(peer)", into: "\(adviser)")
    #expect(second.agreed?.status == 303)
    let open = try await house.read { reader in
      (try Relation.openOnes(of: adviser, reader), try Relation.openOnes(of: peer, reader))
    }
    #expect(open.0.isEmpty && open.1.isEmpty)
    #expect(try await house.browser(of: adviser).get("/residents/\(file.resident)").status == 404)
  }

  @Test func whoMayNot() async throws {
    let region = try await Region()
    let (house, file) = (region.house, region.file)
    let path = "/admin/people/\(file.worker)"
    let other = try await house.act { try Organisation.add("Stek", .careProvider, $0).id }
    let elsewhere = try await AdministrationTests.staff(house, .supportWorker, other)
    let admin = try await house.browser(of: region.admin)
    for wrong in ["\(elsewhere)", "\(file.worker)", "\(region.admin)", "bestaat-niet", ""] {
      #expect(await admin.post(path + "/merge", ["into": wrong], from: path).status == 422, "\(wrong)")
    }
    // Not an administrator elsewhere, nor somebody who is none.
    for role in [Role.systemAdministrator, .coordinator, .privacyOfficer] {
      let one = try await house.browser(of: AdministrationTests.staff(house, role, other))
      #expect(await one.get(path + "/merge").status == 404)
      #expect(await one.post(path + "/merge", ["into": "\(region.double)"], from: "/account").status == 404)
      let place = "/admin/organisations/\(file.organisation)/merge"
      #expect(await one.post(place, ["into": "\(other)"], from: "/account").status == 404)
    }
    // Nobody agrees to getting more, or to what they asked.
    #expect(await admin.post(path + "/merge", ["into": "\(region.double)"], from: path).status == 303)
    let approval = try await house.read { try #require(try Approval.waiting($0).last) }
    try await house.act { transaction in
      var account = try transaction.get(Account.self, region.double)
      account.role = .teamLeader
      try transaction.put(account)
    }
    for one in [region.admin, region.double] {
      let answer = try await house.browser(of: one).post(
        "/approvals/\(approval.id)", ["decision": "agreed"], from: "/approvals")
      #expect(answer.status == 404)
    }
    // A resident's account is nobody's to merge.
    let resident = try await file.somebody(.resident)
    #expect(await admin.get("/admin/people/\(resident)/merge").status == 404)
  }

  @Test func anOrganisationGoesOnInAnother() async throws {
    let region = try await Region()
    let (house, file) = (region.house, region.file)
    let (other, corporation) = try await house.act { transaction in
      (
        try Organisation.add("Stek", .careProvider, transaction).id,
        try Organisation.add("Wonen", .housingCorporation, transaction).id
      )
    }
    let leader = try await AdministrationTests.staff(house, .teamLeader, other)
    let page = "/residents/\(file.resident)"
    #expect(try await house.browser(of: leader).get(page).status == 404)
    let path = "/admin/organisations/\(file.organisation)"
    let admin = try await house.browser(of: region.admin)
    #expect(await admin.post(path + "/merge", ["into": "\(corporation)"], from: path).status == 422)
    #expect(await admin.get(path + "/merge?into=\(other)").text.contains("2 accounts gaan over."))
    let done = try await region.merge(path, into: "\(other)")
    #expect(done.agreed?.status == 303)
    let (first, left, worker) = try await house.read { reader in
      (
        try reader.rows("select organisation from accountability where until_at is null")
          .map { $0.id("organisation") } as [ID<Organisation>?],
        try reader.count(
          """
          select count(*) from relation where organisation = \(file.organisation)
          and (until_at is null or until_at > \(reader.now))
          """),
        try reader.get(Account.self, file.worker).organisation
      )
    }
    #expect(first == [other] && left == 0 && worker == other)
    // The worker goes on, the other's team leader leads now, and the old place leads to the new.
    #expect(try await house.browser(of: file.worker).get(page).status == 200)
    #expect(try await house.browser(of: leader).get(page).status == 200)
    #expect(await admin.get(path).header("location") == "/admin/organisations/\(other)")
    #expect(await admin.post(path + "/reopen", [:], from: "/admin/organisations").status == 303)
    #expect(try await house.read { try !Organisation.isThere(file.organisation, $0) })
  }

  @Test func aWaitingHandoverIsAnsweredFirst() async throws {
    let region = try await Region()
    let (house, file) = (region.house, region.file)
    let receiver = try await house.act { transaction in
      let other = try Organisation.add("Stek", .careProvider, transaction).id
      let worker = try transaction.put(
        Account(id: transaction.freshID(), name: "W", email: nil, organisation: other, role: .supportWorker)
      ).id
      let journey = try #require(try Journey.open(of: file.resident, transaction))
      try Handover.offer(HandoverForm(toWorker: worker, agreements: "x"), journey, by: file.worker, transaction)
      return worker
    }
    #expect(receiver != file.worker)
    let done = try await region.merge("/admin/people/\(file.worker)", into: "\(region.double)")
    #expect(done.agreed?.status == 409)
    #expect(try await house.read { try $0.get(Account.self, file.worker) }.mergedInto == nil)
    // What could not be done is not decided either: it can be agreed to once that is answered.
    #expect(try await house.read { try Approval.waiting($0).count } == 1)
  }
}
