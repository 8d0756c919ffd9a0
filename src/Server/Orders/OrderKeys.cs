using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lastro.Core;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Orders;

/// <summary>Client order ids, and what makes two bodies the same.</summary>
internal static class OrderKeys
{
    public const int Longest = 64;

    /// <summary>The longest of a list: its other orders get a suffix of two.</summary>
    public const int LongestOfList = Longest - 2;

    /// <summary>The key of a body or header, or a new one.</summary>
    public static (string? Key, Refused? Refused) Read(string? body, string? header, int longest, DateTimeOffset now)
    {
        var key = body ?? header ?? Guid.CreateVersion7(now).ToString();
        if (key.Length >= 1 && key.Length <= longest && !key.Any(letter => letter is < '!' or > '~')) return (key, null);
        return (null, new Refused(ErrorCode.InvalidField, body is null ? "Idempotency-Key" : "clientOrderId", key, $"1..{longest} visible ASCII characters"));
    }

    /// <summary>The key of a list's second or third order.</summary>
    public static string OfLeg(string key, int place) => place == 0 ? key : $"{key}.{place}";

    /// <summary>The key of the list an order's key belongs to.</summary>
    public static string OfList(string key, bool first) => first ? key : key[..^2];

    public static byte[] Hash(params IEnumerable<object> parts) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', parts)));

    /// <summary>Every field of the terms in one order. What is absent adds nothing, so that a new field leaves old hashes alone.</summary>
    public static string Plain(OrderTerms terms)
    {
        static string Number(decimal? value) => value is { } known ? Decimals.ToPlain(known) : "-";
        var text = new StringBuilder();
        text.AppendJoin('|', OrderWords.Of(terms.Side), OrderWords.Of(terms.Type), Number(terms.Quantity), Number(terms.QuoteQuantity), Number(terms.Price), OrderWords.Of(terms.TimeInForce));
        void Add(string name, string? value)
        {
            if (value is not null) text.Append('|').Append(name).Append('=').Append(value);
        }

        Add("trigger", terms.TriggerPrice is { } trigger ? Decimals.ToPlain(trigger) : null);
        Add("trailing", terms.TrailingDelta?.ToString(CultureInfo.InvariantCulture));
        Add("activation", terms.ActivationPrice is { } activation ? Decimals.ToPlain(activation) : null);
        Add("expires", terms.ExpiresAt?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        Add("starts", terms.StartAt?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        Add("postOnly", terms.PostOnly ? "yes" : null);
        Add("hold", terms.HoldWhen == HoldWhen.Fired ? "fired" : null);
        return text.ToString();
    }
}
