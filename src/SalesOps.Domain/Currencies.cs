using System.Collections.Frozen;

namespace SalesOps.Domain;

/// <summary>The currencies of ISO 4217 (no funds or metals) with the number of decimals their money has.</summary>
public static class Currencies
{
    private const string TwoDecimals =
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY " +
        "COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR " +
        "ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN " +
        "MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS " +
        "SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL";

    private const string NoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

    private const string ThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";

    private static readonly FrozenDictionary<string, int> Decimals =
        TwoDecimals.Split(' ').Select(code => (code, 2))
            .Concat(NoDecimals.Split(' ').Select(code => (code, 0)))
            .Concat(ThreeDecimals.Split(' ').Select(code => (code, 3)))
            .ToFrozenDictionary(pair => pair.code, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>Whether the code is one of ISO 4217, in capitals.</summary>
    public static bool Exists(string code) => Decimals.ContainsKey(code);

    /// <summary>How many decimals money of the currency has: 0, 2 or 3; 2 for a code that is not known.</summary>
    public static int DecimalsOf(string code) => Decimals.GetValueOrDefault(code, 2);
}
