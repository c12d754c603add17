using Npgsql;
using NpgsqlTypes;
using SalesOps.Domain;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The vocabulary of writing facts by COPY.</summary>
internal static class FactCopy
{
    extension(NpgsqlBinaryImporter copy)
    {
        /// <summary>Begins a row with the columns that all tables of facts begin with.</summary>
        public void StartRow<TRow>(string tenant, string id, KnownRow<TRow> row)
            where TRow : class
        {
            copy.StartRow();
            copy.WriteText(tenant);
            copy.WriteText(id);
            copy.Write(row.ValidFrom, NpgsqlDbType.TimestampTz);
            copy.Write(row.ValidTo, NpgsqlDbType.TimestampTz);
            copy.Write(row.KnownFrom, NpgsqlDbType.TimestampTz);
            copy.Write(row.KnownTo, NpgsqlDbType.TimestampTz);
        }

        public void WriteText(string? text)
        {
            if (text is null)
            {
                copy.WriteNull();
            }
            else
            {
                copy.Write(text, NpgsqlDbType.Varchar);
            }
        }

        public void WriteNumber(decimal? number)
        {
            if (number is { } value)
            {
                copy.Write(value, NpgsqlDbType.Numeric);
            }
            else
            {
                copy.WriteNull();
            }
        }

        public void WriteInteger(int? number)
        {
            if (number is { } value)
            {
                copy.Write(value, NpgsqlDbType.Integer);
            }
            else
            {
                copy.WriteNull();
            }
        }

        public void WriteLong(long? number)
        {
            if (number is { } value)
            {
                copy.Write(value, NpgsqlDbType.Bigint);
            }
            else
            {
                copy.WriteNull();
            }
        }

        public void WriteTexts(ValueList<string> texts) =>
            copy.Write<string[]>([.. texts], NpgsqlDbType.Array | NpgsqlDbType.Varchar);

        public void WriteDate(DateOnly? date)
        {
            if (date is { } value)
            {
                copy.Write(value, NpgsqlDbType.Date);
            }
            else
            {
                copy.WriteNull();
            }
        }

        public void WriteInstant(DateTimeOffset? instant)
        {
            if (instant is { } value)
            {
                copy.Write(value, NpgsqlDbType.TimestampTz);
            }
            else
            {
                copy.WriteNull();
            }
        }

        /// <summary>An amount and its currency, two columns.</summary>
        public void WriteMoney(Money? money)
        {
            copy.WriteNumber(money?.Amount);
            copy.WriteText(money?.Currency);
        }
    }
}
