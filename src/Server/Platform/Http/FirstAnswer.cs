using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Lastro.Server.Platform.Http;

/// <summary>
/// Lets one of two answer a request: the work on it, or who lost patience with the work. Until the work begins to write, its status and
/// headers are kept apart from the answer; once the other has taken over, they lead nowhere and its writing ends in
/// <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class FirstAnswer : IHttpResponseFeature, IHttpResponseBodyFeature
{
    private static readonly AsyncLocal<FirstAnswer?> _taker = new();

    private readonly Lock _gate = new();
    private readonly IHttpResponseFeature _head;
    private readonly IHttpResponseBodyFeature _body;
    private int _status;
    private string? _reason;
    private IHeaderDictionary _headers;
    private volatile bool _begun;
    private volatile bool _taken;

    private FirstAnswer(IHttpResponseFeature head, IHttpResponseBodyFeature body)
    {
        (_head, _body, _status, _reason, _headers) = (head, body, head.StatusCode, head.ReasonPhrase, new HeaderDictionary());
        foreach (var (name, value) in head.Headers) _headers[name] = value;
    }

    /// <summary>Stands between the work, which starts after this, and the answer.</summary>
    public static FirstAnswer Of(HttpContext context)
    {
        var first = new FirstAnswer(context.Features.GetRequiredFeature<IHttpResponseFeature>(), context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        context.Features.Set<IHttpResponseFeature>(first);
        context.Features.Set<IHttpResponseBodyFeature>(first);
        return first;
    }

    /// <summary>True when the caller may answer in the work's place, through the same context; false when the work has begun to write.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_begun) return false;
            _taken = true;
        }

        _taker.Value = this;
        return true;
    }

    /// <summary>The work has ended; an answer without a body is its status and headers.</summary>
    public void WorkEnded() => Begin(throws: false);

    public int StatusCode
    {
        get => Direct ? _head.StatusCode : _status;
        set => _ = Direct ? _head.StatusCode = value : _status = value;
    }

    public string? ReasonPhrase
    {
        get => Direct ? _head.ReasonPhrase : _reason;
        set => _ = Direct ? _head.ReasonPhrase = value : _reason = value;
    }

    public IHeaderDictionary Headers
    {
        get => Direct ? _head.Headers : _headers;
        set => _ = Direct ? _head.Headers = value : _headers = value;
    }

    public bool HasStarted => _head.HasStarted;

#pragma warning disable CS0618 // The interface still has it; whoever sets it writes to it.
    Stream IHttpResponseFeature.Body
    {
        get => Written.Stream;
        set => throw new NotSupportedException("The body is taken over by its feature.");
    }
#pragma warning restore CS0618

    public Stream Stream => Written.Stream;

    public PipeWriter Writer => Written.Writer;

    public void OnStarting(Func<object, Task> callback, object state) => _head.OnStarting(callback, state);

    public void OnCompleted(Func<object, Task> callback, object state) => _head.OnCompleted(callback, state);

    public void DisableBuffering() => _body.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => Written.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        Written.SendFileAsync(path, offset, count, cancellationToken);

    public Task CompleteAsync() => Written.CompleteAsync();

    // The answer itself: for the work once it writes, and for who took over, whose callbacks come through here too.
    private bool Direct => _begun || _taker.Value == this;

    private IHttpResponseBodyFeature Written
    {
        get
        {
            Begin(throws: true);
            return _body;
        }
    }

    private void Begin(bool throws)
    {
        if (Direct) return;
        lock (_gate)
        {
            if (_begun) return;
            if (_taken)
            {
                if (throws) throw new OperationCanceledException("The request was answered before.");
                return;
            }

            (_head.StatusCode, _head.ReasonPhrase) = (_status, _reason);
            _head.Headers.Clear();
            foreach (var (name, value) in _headers) _head.Headers[name] = value;
            _begun = true;
        }
    }
}
