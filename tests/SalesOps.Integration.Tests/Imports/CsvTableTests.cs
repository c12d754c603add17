using System.Text;
using SalesOps.Api.Imports;
using SalesOps.Api.Imports.Csv;
using Xunit;

namespace SalesOps.Integration.Tests.Imports;

public sealed class CsvTableTests
{
    [Fact]
    public void Lines_are_counted_as_an_editor_counts_them()
    {
        var table = Parse("a,b\r\n1,\"x\r\ny\"\r\n\r\n2,z\r\n");
        Assert.Equal([2, 5], table.Records.Select(record => record.Line));
        Assert.Equal("x\r\ny", table.Records[0].Fields[1]);
        Assert.False(table.IsCutOff);
    }

    [Fact]
    public void Columns_go_by_their_names_whatever_the_case()
    {
        var table = Parse("﻿ID, Name \n1,x\n");
        Assert.Equal(1, table.IndexOf("name"));
        Assert.Equal(-1, table.IndexOf("stage"));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4,5\n6,7\n", "3 csv-field-count b")]
    [InlineData("a,b\n1,2\n3\n6,7\n", "3 csv-field-count b")]
    [InlineData("a,b\n1,2\n3,x\"y\n6,7\n", "3 csv-quote-astray")]
    [InlineData("a,b\n1,2\n3,\"x\"y\n6,7\n", "3 csv-quote-astray")]
    [InlineData("a,b\n1,2\n3,\"x\n6,7\n", "3 csv-quote-open")]
    [InlineData("\"a\",\"b\"\n\"1\",\"2\"\n\"3\",\"4\n\"6\",\"7\"\n", "3 csv-quote-astray")]
    public void A_malformed_row_is_a_fault_of_its_line_and_the_rest_goes_on(string text, string fault)
    {
        var table = Parse(text);
        var bad = Assert.Single(table.Records, record => record.Fault is not null);
        Assert.Equal(fault, $"{bad.Line} {bad.Fault!.Code} {bad.Fault.Column}".TrimEnd());
        Assert.Equal(["1", "6"], table.Records.Where(record => record.Fault is null).Select(record => record.Fields[0]));
        Assert.Equal([2, 4], table.Records.Where(record => record.Fault is null).Select(record => record.Line));
    }

    [Fact]
    public void A_file_that_ends_in_the_middle_says_so()
    {
        var cut = Parse("a,b\n1,2\n3,4");
        Assert.True(cut.IsCutOff);
        Assert.Equal(2, cut.Records.Count);
        Assert.Equal("csv-quote-open", Parse("a,b\n1,2\n3,\"4").Records[^1].Fault!.Code);
        Assert.Equal("csv-field-count", Parse("a,b\n1,2\n3").Records[^1].Fault!.Code);
    }

    [Fact]
    public void Another_encoding_is_refused_with_its_place()
    {
        var refusal = Assert.Throws<ImportRefusedException>(
            () => CsvTable.Parse(new ImportFile("x.csv", Encoding.Latin1.GetBytes("a,b\n1,2\n3,Café\n"))));
        Assert.Equal("csv-not-utf8", refusal.Code);
        Assert.Equal("x.csv:3", refusal.Place);
        Assert.Contains("byte 14", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Utf_16_with_its_mark_is_read()
    {
        byte[] content = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a\nCafé\n")];
        Assert.Equal("Café", CsvTable.Parse(new ImportFile("x.csv", content)).Records[0].Fields[0]);
        Assert.Throws<ImportRefusedException>(() => CsvTable.Parse(new ImportFile("x.csv", content.AsMemory()[..^1])));
    }

    [Theory]
    [InlineData("", "csv-header-missing")]
    [InlineData("a,b,A\n1,2,3\n", "csv-column-twice")]
    public void A_header_must_be_there_and_name_each_column_once(string text, string code) =>
        Assert.Equal(code, Assert.Throws<ImportRefusedException>(() => Parse(text)).Code);

    private static CsvTable Parse(string text) => CsvTable.Parse(ImportTest.Csv("x.csv", text));
}
