using System.Text;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.Tests.BinanceApi.Wire;

/// <summary>The payload beside a naive twin that splits strings.</summary>
public sealed class WireTextTests
{
    [Fact]
    public void The_signature_is_taken_out_wherever_it_stands_and_every_other_byte_stays()
    {
        var random = new Random(5);
        string[] pieces = ["a=1", "b=%2B", "", "c", "signatures=1", "symbol=%EF%BC%91", "x==", "y=a+b", "Signature=9"];
        for (var round = 0; round < 20_000; round++)
        {
            var (query, body) = (Some(), Some());
            var (plainQuery, plainBody) = (string.Join('&', query), string.Join('&', body));
            var (into, at) = (random.Next(2) == 0 ? query : body, 0);
            into.Insert(at = random.Next(into.Count + 1), "signature=abc%3D");
            if (into.Count == 1) (plainQuery, plainBody) = ReferenceEquals(into, query) ? ("", plainBody) : (plainQuery, "");
            var (sentQuery, sentBody) = (Bytes(string.Join('&', query)), Bytes(string.Join('&', body)));
            Encoding.UTF8.GetString(WireText.Payload(sentQuery, sentBody)).ShouldBe(plainQuery + plainBody, $"{string.Join('&', query)} + {string.Join('&', body)}, at {at}");
            WireText.Read(sentQuery, sentBody).Signature.ShouldBe("abc=");
        }

        List<string> Some()
        {
            var many = Enumerable.Range(0, random.Next(4)).Select(_ => pieces[random.Next(pieces.Length)]).Distinct().ToList();
            // An empty list and a list of one empty piece are the same text.
            if (many is [""]) many.Clear();
            return many;
        }
    }

    [Fact]
    public void Without_a_signature_the_payload_is_what_came()
    {
        Encoding.UTF8.GetString(WireText.Payload("&a=1&&b=2&"u8, "&c&"u8)).ShouldBe("&a=1&&b=2&&c&");
        WireText.Read("&a=1&&b=2&"u8, "&c&"u8).Parameters.All.ShouldBe([("a", "1"), ("b", "2"), ("c", "")]);
    }

    [Fact]
    public void Common_names_are_read_as_they_are_written()
    {
        foreach (var name in new[] { "symbol", "timestamp", "recvWindow", "limit", "side", "type", "quantity", "price", "timeInForce", "newClientOrderId", "orderId", "interval", "symbols", "other" })
            WireText.Read(Bytes($"{name}=1"), []).Parameters.All.ShouldBe([(name, "1")]);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
