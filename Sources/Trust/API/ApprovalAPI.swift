internal import Kernel
internal import Site
internal import Store

/// What waits for a second person, by API.
extension TrustSlice {
  private static let approval = Shape<Approval>(
    "Approval",
    [
      .id("id") { $0.id }, .choice("kind") { $0.kind }, .id(maybe: "account") { $0.account },
      .id(maybe: "team") { $0.team },
      .text(maybe: "name") { $0.name }, .choice(maybe: "role") { $0.role },
      .id(maybe: "organisation") { $0.organisation }, .id("askedBy") { $0.askedBy }, .instant("askedAt") { $0.askedAt },
    ])

  var approvalAPI: [Route] {
    let duties = duties
    return [
      trail.apiList(
        "/approvals", name: "approvals", policy: Self.deciders,
        Operation(
          "What waits for your agreement as the second person.", tag: "administration",
          answer: .items("ApprovalList", Self.approval.schema))
      ) { _, looker in
        let waiting = try Approval.waiting(looker.reader).filter { try $0.mayDecide(looker) }
        return .json(.of(["items": .array(waiting.map(Self.approval.json))]))
      },
      trail.apiMake(
        "/approvals/{approval}/decision", name: "approval.decide", policy: Self.deciders,
        Operation(
          "Agree as the second person, or refuse. Agreeing does at once what was asked.", tag: "administration",
          input: Input("ApprovalDecision", [Schema.Property("agrees", .boolean, isRequired: true)]), answer: .made)
      ) { visit, transaction, looker in
        let decision: Approval.Decision = visit.form.flag("agrees") == true ? .agreed : .refused
        return .made(try Approval.decide(visit.id("approval"), decision, looker, duties, transaction).id)
      },
    ]
  }
}
