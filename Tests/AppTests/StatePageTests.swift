internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// What failed is seen by the administrator, and by nobody else.
@Suite struct StatePageTests {
  @Test func theAdministratorSeesWhatFailedAndTriesAgain() async throws {
    let house = try await TestHouse(demo: true)
    let administrator = try await house.browser(of: house.demoAccount("beheer"))
    #expect(await !administrator.get("/admin/organisations").text.contains("Er is iets mislukt"))
    let id: ID<Journey> = try await house.act { $0.freshID() }
    try await house.act { try $0.plan("kenmerktaak", id, at: $0.now.adding(.hours(-3))) }
    #expect(await administrator.get("/admin/state").text.contains("kenmerktaak: één taak"))
    try await house.act { transaction in
      try transaction.technical(
        "update job set attempts = 4, failure = 'kenmerkoorzaak', due_at = \(transaction.now.adding(.hours(9)))")
    }
    let page = await administrator.get("/admin/state").text
    #expect(page.contains("4 keer geprobeerd") && page.contains("kenmerkoorzaak"))
    #expect(await administrator.get("/admin/organisations").text.contains("Er is iets mislukt"))
    #expect(await administrator.post("/admin/state/retry", [:], from: "/admin/state").status == 303)
    #expect(try await house.read { try $0.jobsDue(["kenmerktaak"], limit: 5).count } == 1)
    let worker = try await house.browser(of: house.demoAccount("thuishaven.1"))
    #expect(await worker.get("/admin/state").status == 404)
  }

  /// What stands behind the question mark is read as exactly as a form.
  @Test func unreadableFiltersAreSaidSo() async throws {
    let house = try await TestHouse(demo: true)
    let worker = try await house.browser(of: house.demoAccount("thuishaven.1"))
    #expect(await worker.get("/people?phase=landing").status == 200)
    #expect(await worker.get("/people?phase=bestaat-niet").status == 422)
    let administrator = try await house.browser(of: house.demoAccount("beheer"))
    #expect(await administrator.get("/admin/people?organisation=x").status == 422)
  }
}
