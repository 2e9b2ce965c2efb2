-- Acts as a browser that requests the short codes of a file in turn. redirects.sh reads the last line of the output.
local paths = {}
local at = 0

function init(args)
  wrk.headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
  wrk.headers["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
  wrk.headers["Accept-Language"] = "en-US,en;q=0.9"
  for code in io.lines(args[1]) do
    paths[#paths + 1] = "/" .. code
  end

  -- Without a request function, wrk repeats one prepared request, which takes less time.
  wrk.path = paths[1]
  if #paths > 1 then
    for i, path in ipairs(paths) do
      paths[i] = wrk.format("GET", path)
    end
    request = function()
      at = at % #paths + 1
      return paths[at]
    end
  end
end

function done(summary, latency)
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format("%d %d %d %.2f %.2f %.2f\n", summary.requests / (summary.duration / 1e6), summary.requests, errors,
    latency:percentile(50) / 1000, latency:percentile(90) / 1000, latency:percentile(99) / 1000))
end
