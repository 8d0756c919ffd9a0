using System.Globalization;
using System.Text;
using Lastro.Core;
using Lastro.Server.Platform.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Lastro.Server.Wallets;

/// <summary>The statement as a CSV file (RFC 4180): the lines of the JSON answer, times in UTC. No field can hold a comma, a quote or a formula.</summary>
internal static class StatementCsv
{
    private const string Kind = "text/csv";

    public static bool Asked(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals(Kind, StringComparison.OrdinalIgnoreCase) && accept.Quality is not 0);

    /// <summary>One status with two media types: <c>Produces</c> keeps only the last of them, so the file is added by hand.</summary>
    public static Task Document(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (operation.Responses?.GetValueOrDefault("200")?.Content is { } content)
            content[Kind] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        return Task.CompletedTask;
    }

    public static IResult Answer(Paged<ReadStatement.Line> page, HttpContext context)
    {
        if (page.NextCursor is { } cursor)
        {
            var query = context.Request.Query.Where(one => one.Key != "cursor").Append(new("cursor", cursor));
            context.Response.Headers.Link = $"<{QueryString.Create(query).ToUriComponent()}>; rel=\"next\"";
        }

        context.Response.Headers[HeaderNames.ContentDisposition] = "attachment; filename=\"statement.csv\"";
        context.Response.Headers.Vary = "Accept";
        return TypedResults.Text(Write(page.Items), $"{Kind}; charset=utf-8; header=present");
    }

    private static string Write(IReadOnlyList<ReadStatement.Line> lines)
    {
        var text = new StringBuilder("id,time,time_zone,kind,asset,available,held,available_after,held_after,order_id,fill_id\r\n");
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Id},{line.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ},UTC,{line.Kind},{line.Asset},");
            text.Append(CultureInfo.InvariantCulture, $"{Decimals.ToPlain(line.Available)},{Decimals.ToPlain(line.Held)},");
            text.Append(CultureInfo.InvariantCulture, $"{Decimals.ToPlain(line.AvailableAfter)},{Decimals.ToPlain(line.HeldAfter)},{line.OrderId},{line.FillId}\r\n");
        }

        return text.ToString();
    }
}
