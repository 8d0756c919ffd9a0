using System.Buffers;
using System.Globalization;
using System.Text;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>The calls by REST.</summary>
internal sealed class WireRest(WireCaller caller, WireLimits limits, WireAnswers answers)
{
    /// <summary>Bytes of a body; the longest real one is a list of orders of a few hundred.</summary>
    private const int LargestBody = 64 * 1_024;

    private const string Json = "application/json;charset=UTF-8";
    private const string KeyHeader = "X-MBX-APIKEY";

    /// <summary>One route for each call. Its guard is the gate's own key check, so the policy is that anybody may come this far.</summary>
    public static void Map(IEndpointRouteBuilder routes, IEnumerable<IWireVerb> verbs)
    {
        var rest = routes.ServiceProvider.GetRequiredService<WireRest>();
        foreach (var verb in verbs)
        {
            routes.MapMethods(BinanceApiOptions.Prefix + verb.Route.Path, [verb.Route.Verb], context => rest.Serve(context, verb))
                .AllowAnonymous().ExcludeFromDescription();
        }
    }

    /// <summary>An answer that no call has given. It weighs as much as the lightest call, so that nonsense is not free.</summary>
    public Task Refuse(HttpContext context, WireError error)
    {
        var answer = answers.Rent();
        answer.Finish(limits.Use(context.Connection.RemoteIpAddress, 1) ?? error);
        return Send(context, answer);
    }

    private Task Serve(HttpContext context, IWireVerb verb)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0)
            return Answer(context, verb, default);
        return WithBody(context, verb);
    }

    private async Task WithBody(HttpContext context, IWireVerb verb)
    {
        // The content type is not looked at: clients send all kinds of it, and Binance takes them.
        var reader = context.Request.BodyReader;
        var read = await reader.ReadAtLeastAsync(LargestBody + 1, context.RequestAborted);
        if (read.Buffer.Length > LargestBody)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            context.Response.Headers.Connection = "close";
            await Refuse(context, WireError.IllegalRequest(StatusCodes.Status413PayloadTooLarge));
            return;
        }

        var body = read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        await Answer(context, verb, body);
    }

    private Task Answer(HttpContext context, IWireVerb verb, ReadOnlySpan<byte> body)
    {
        var text = context.Request.QueryString.Value;
        var length = string.IsNullOrEmpty(text) ? 0 : Encoding.UTF8.GetMaxByteCount(text.Length - 1);
        var rented = length <= 1_024 ? null : ArrayPool<byte>.Shared.Rent(length);
        var buffer = rented ?? stackalloc byte[1_024];
        var query = length == 0 ? [] : buffer[..Encoding.UTF8.GetBytes(text.AsSpan(1), buffer)];
        var (parameters, signature, error) = WireText.Read(query, body);
        var signed = verb.Route.Security is WireSecurity.UserData or WireSecurity.Trade;
        var payload = signed && error is null ? WireText.Payload(query, body) : [];
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        if (error is not null) return Refuse(context, error);

        // On public calls the header is not even looked at.
        var key = verb.Route.Security == WireSecurity.None ? null : context.Request.Headers[KeyHeader].ToString();
        var call = caller.Call(verb, new WireRequest(parameters, payload, signature, key, context.Connection.RemoteIpAddress), context.RequestAborted);
#pragma warning disable VSTHRD103 // It has completed.
        return call.IsCompletedSuccessfully ? Send(context, call.Result, verb.Route) : Wait(context, call, verb.Route);
#pragma warning restore VSTHRD103
    }

    private async Task Wait(HttpContext context, ValueTask<WireAnswer> call, WireRoute route) => await Send(context, await call, route);

    private async Task Send(HttpContext context, WireAnswer answer, WireRoute? route = null)
    {
        using var _ = answer;
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = Json;
        response.ContentLength = answer.Text.Length;
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        if (answer.RetryAfter is { } seconds) headers.RetryAfter = seconds;
        if (limits.Options.WeightPerMinute > 0)
        {
            var used = limits.Used(context.Connection.RemoteIpAddress).ToString(CultureInfo.InvariantCulture);
            headers["x-mbx-used-weight"] = used;
            headers["x-mbx-used-weight-1m"] = used;
        }

        if (route is { Orders: > 0 } && answer.Key is { } key)
        {
            var (soon, day) = limits.Placed(key.Account);
            headers["x-mbx-order-count-10s"] = soon.ToString(CultureInfo.InvariantCulture);
            headers["x-mbx-order-count-1d"] = day.ToString(CultureInfo.InvariantCulture);
        }

        await response.BodyWriter.WriteAsync(answer.Text, context.RequestAborted);
    }
}
