// The standard library of C++ where it meets the kernel.
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <mutex>
#include <random>
#include <thread>

namespace fs = std::filesystem;

int main() {
  auto sum = std::async(std::launch::async, [] { return 40 + 2; });
  std::mutex m;
  std::condition_variable c;
  std::unique_lock<std::mutex> held(m);
  if (c.wait_for(held, std::chrono::milliseconds(1)) != std::cv_status::timeout) return 1;
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  fs::create_directories("/tmp/x/y");
  std::ofstream("/tmp/x/y/a") << "text";
  fs::copy_file("/tmp/x/y/a", "/tmp/x/b");
  fs::copy("/tmp/x", "/tmp/z", fs::copy_options::recursive);
  fs::permissions("/tmp/z/b", fs::perms::owner_read);
  fs::last_write_time("/tmp/z/b", fs::file_time_type::clock::now());
  fs::resize_file("/tmp/x/b", 2);
  int files = 0;
  for (auto &e : fs::recursive_directory_iterator("/tmp/z")) files += e.is_regular_file();
  if (files != 2 || fs::file_size("/tmp/x/b") != 2) return 2;
  fs::remove_all("/tmp/x");
  fs::remove_all("/tmp/z");
  std::random_device random;
  if (std::system("exit 3") == 0 || sum.get() != 42 || random() == random()) return 3;
  std::cout << "ok" << std::endl;
}
