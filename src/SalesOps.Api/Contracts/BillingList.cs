using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary>Lists of what was billed and paid over all contracts, by contract and id.</summary>
internal sealed class BillingList(FactReads reads, ContractStates states)
{
    /// <param name="itemsOf">Of one contract, those that the list is of, in any order.</param>
    /// <param name="keyOf">The contract and the id of an item.</param>
    public Task<IResult> AnswerAsync<TItem>(
        ReadAt at, Caller caller, Paging paging, ChosenFormat format, IReadOnlyList<string>? accountIds,
        Func<string, Contract, IEnumerable<TItem>> itemsOf, Func<TItem, (string ContractId, string Id)> keyOf,
        IReadOnlyList<CsvColumn<TItem>> columns, Func<AsOfView, IReadOnlyList<TItem>, string?, IResult> answer,
        CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, ListAsync, cancellation);

        async Task<IResult> ListAsync(FactReader facts, AsOfView asOf)
        {
            var after = paging.After is [var contract, var id] ? (contract, id) : ((string, string)?)null;
            if (format.Value == AnswerFormat.Csv)
            {
                return new Csv<TItem>(columns, ItemsAsync(asOf, null));
            }

            var items = new List<TItem>();
            await foreach (var item in ItemsAsync(asOf, after).WithCancellation(cancellation))
            {
                items.Add(item);
                if (items.Count > paging.Limit)
                {
                    break;
                }
            }

            var (page, next) = paging.Page(items, item => [keyOf(item).ContractId, keyOf(item).Id]);
            return answer(asOf, page, next);
        }

        async IAsyncEnumerable<TItem> ItemsAsync(AsOfView asOf, (string ContractId, string Id)? after)
        {
            var filter = new ContractFilter(null, accountIds, null, null, null);
            await foreach (var (id, state) in states.AllAsync(caller, asOf, filter, after?.ContractId, cancellation))
            {
                foreach (var item in itemsOf(id, state).OrderBy(item => keyOf(item).Id, StringComparer.Ordinal)
                    .Where(item => id != after?.ContractId || string.CompareOrdinal(keyOf(item).Id, after.Value.Id) > 0))
                {
                    yield return item;
                }
            }
        }
    }
}
