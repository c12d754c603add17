using System.Text.Json.Serialization;

namespace SalesOps.Domain.Contracts;

[JsonConverter(typeof(IdentifierJsonConverter<ContractId>))]
public readonly record struct ContractId(string Value) : IIdentifier<ContractId>
{
    public static ContractId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentifierJsonConverter<ContractTemplateId>))]
public readonly record struct ContractTemplateId(string Value) : IIdentifier<ContractTemplateId>
{
    public static ContractTemplateId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>What a clause is called within its contract; the same in every paper that touches it.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<ClauseKey>))]
public readonly record struct ClauseKey(string Value) : IIdentifier<ClauseKey>
{
    public static ClauseKey From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>An invoice, within its contract.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<InvoiceId>))]
public readonly record struct InvoiceId(string Value) : IIdentifier<InvoiceId>
{
    public static InvoiceId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>A payment, credit note or refund, within its contract.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<BillingId>))]
public readonly record struct BillingId(string Value) : IIdentifier<BillingId>
{
    public static BillingId From(string value) => new(value);

    public override string ToString() => Value;
}
