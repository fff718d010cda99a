internal import Kernel
internal import Site
internal import Store

/// Correcting and merging organisations and accounts by API, under the same rules as the pages.
extension TrustSlice {
  var editingAPI: [Route] {
    let duties = duties
    return [
      trail.apiPut(
        "/organisations/{organisation}", name: "organisation.change", policy: Self.administrators,
        Operation(
          "Correct a partner. Its kind stays while residents are involved.", tag: "partners",
          input: Input(
            "OrganisationChange",
            [
              Schema.Property("name", .text, isRequired: true),
              Schema.Property("kind", .enumeration(Organisation.Kind.allCases.map(\.rawValue)), isRequired: true),
              Schema.Property("municipality", .text, isRequired: false),
              Schema.Property("phone", .text, isRequired: false),
            ]), answer: Self.organisation.schema, needsVersion: true)
      ) { visit, transaction, looker in
        let organisation = try Self.organisation(visit, looker)
        try visit.withMatchedVersion().mustHaveSeen(
          organisation.version, in: "organisation", organisation.id.description)
        let changed = try organisation.change(visit.form, duties, transaction)
        return .json(Self.organisation.json(changed), version: changed.version)
      },
      trail.apiPut(
        "/accounts/{account}", name: "account.change", policy: Self.administrators,
        Operation(
          "Correct somebody who works here, or give them another place. Relations that may no longer be end; handOn passes "
            + "on what they are first for. A role that sees many waits for a second person: then the answer is 202 with "
            + "the id of the approval, and the rest is kept.", tag: "administration",
          input: Input(
            "AccountChange",
            [
              Schema.Property("name", .text, isRequired: true), Schema.Property("email", .text, isRequired: false),
              Schema.Property("phone", .text, isRequired: false), Schema.Property("label", .text, isRequired: false),
              Schema.Property("role", .enumeration(Self.staffRoles.map(\.rawValue)), isRequired: true),
              Schema.Property("organisation", .id, isRequired: false),
              Schema.Property("mayRegister", .boolean, isRequired: false),
              Schema.Property("handOn", .boolean, isRequired: false),
            ]), answer: Self.account.schema, needsVersion: true
        ).waiting()
      ) { visit, transaction, looker in
        let account = try Account.staff(visit.id("account"), for: looker.viewer, transaction)
        guard account.disabledAt == nil else { throw Problem.notFound }
        try visit.withMatchedVersion().mustHaveSeen(account.version, in: "account", account.id.description)
        let form = visit.form.withTruths(["mayRegister", "handOn"])
        switch try account.change(form, by: looker.viewer, duties, transaction) {
        case .kept(let changed): return .json(Self.account.json(changed), version: changed.version)
        case .asked(let approval): return .made(approval.id, status: 202)
        }
      },
      mergeCall(
        "/accounts/{account}/merging", name: "account.merge", of: Account.self, place: "account",
        "Merge an account into another one of the same person."),
      mergeCall(
        "/organisations/{organisation}/merging", name: "organisation.merge", of: Organisation.self,
        place: "organisation", "Let an organisation go on in another."),
    ]
  }

  private func mergeCall<R: Mergeable>(
    _ path: String, name: String, of: R.Type, place: String, _ summary: String
  ) -> Route {
    let duties = duties
    return trail.apiMake(
      path, name: name, policy: Self.administrators,
      Operation(
        summary + " A second person agrees; then the answer is 202.", tag: "administration",
        input: Input("MergeInto", [Schema.Property("into", .id, isRequired: true)]), answer: .made
      ).waiting()
    ) { visit, transaction, looker in
      let one = try R.chargeOf(visit.id(place), looker)
      guard let other: ID<R> = visit.form.id("into"),
        try R.candidates(for: one, looker).contains(where: { $0.id == other })
      else { throw Problem.invalid("into", "form.notAChoice") }
      let isDone = try R.askMerge(of: one.id, into: other, by: looker.viewer.account.retyped(), duties, transaction)
      return .made(other, status: isDone ? 200 : 202)
    }
  }
}
