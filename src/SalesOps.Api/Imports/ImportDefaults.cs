using SalesOps.Domain;

namespace SalesOps.Api.Imports;

/// <summary>What the readers go by beside the files.</summary>
/// <param name="Calendar">Tells what instants the tenant's dates are.</param>
/// <param name="Currency">Of amounts that bring none along, where the import names it.</param>
internal sealed record ImportDefaults(BusinessCalendar Calendar, string? Currency);
