app_name = "forum_chat"
urlpatterns = []
